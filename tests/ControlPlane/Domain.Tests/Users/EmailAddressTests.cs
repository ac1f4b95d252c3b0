using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Domain.Tests.Users;

public class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("  Ada@Example.com\t", "Ada@Example.com")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("admin@demo.local", "admin@demo.local")]
    [InlineData("ada.lovelace+test@data-1.example.co.uk", "ada.lovelace+test@data-1.example.co.uk")]
    [InlineData("o'neil_!#$%&*-/=?^`{|}~@xn--bcher-kva.example", "o'neil_!#$%&*-/=?^`{|}~@xn--bcher-kva.example")]
    [InlineData("1@2.example", "1@2.example")]
    public void Takes_addresses_without_their_surrounding_blanks(string text, string address)
        => Assert.Equal(address, EmailAddress.Normalize(text));

    public static TheoryData<string> NoAddresses() =>
    [
        "", " ", "ada", "@", "@example.com", "ada@", "ada@b@example.com", "ada lovelace@example.com", "ada@exam ple.com", "ada\u0000@example.com", "ada\n@example.com",
        "ada@example.com\u200B", "<ada@example.com>", "Ada <ada@example.com>", "(ada)@example.com", "ada[1]@example.com", "ada@[127.0.0.1]", "ada@[IPv6:::1]",
        "\"ada\"@example.com", "ada,bob@example.com", "ada@example.com,bob@example.com", "ada@example.com;bob@example.com", "ada:x@example.com",
        "mailto:ada@example.com", "MAILTO:ada@example.com", "smtp://ada@example.com", "ada\\@example.com", "ada@example.com.", "ada@.example.com",
        "ada@example..com", "ada@-example.com", "ada@example-.com", "ada@exa_mple.com", "ada@example.com/", "ada@example.com:25", ".ada@example.com", "ada.@example.com",
        "a..da@example.com", "zoë@example.com", "ada@bücher.example", "\u212Aevin@example.com", "\u0130da@example.com", "ada\uFF20example.com",
        "ada\uFE6Bexample.com", "ａｄａ@example.com", "ada@example\u3002com", "ada@ex\u00ADample.com", "ada@\u212A.example",
    ];

    [Theory]
    [MemberData(nameof(NoAddresses), DisableDiscoveryEnumeration = true)]
    public void Refuses_everything_else(string text) => Assert.Null(EmailAddress.Normalize(text));

    [Fact]
    public void Of_all_characters_takes_those_of_RFC_5321_in_ASCII()
    {
        const string Allowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'*+-/=?^_`{|}~.";
        const string InDomains = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.";

        Assert.Equal(Allowed.Order(), AllUnits().Where(c => EmailAddress.Normalize($"a{c}b@example.com") is not null));
        Assert.Equal(InDomains.Order(), AllUnits().Where(c => EmailAddress.Normalize($"ada@a{c}b.example") is not null));

        static IEnumerable<char> AllUnits() => Enumerable.Range(0, 0x10000).Select(value => (char)value);
    }

    [Fact]
    public void Takes_64_and_255_characters_63_in_a_label_and_no_more()
    {
        var name = new string('a', 64);
        var label = new string('b', 63);
        var domain = $"{label}.{label}.{label}.{label}";

        Assert.Equal($"{name}@{domain}", EmailAddress.Normalize($"{name}@{domain}"));
        Assert.Null(EmailAddress.Normalize($"{name}a@{domain}"));
        Assert.Null(EmailAddress.Normalize($"{name}@{domain}.c"));
        Assert.Null(EmailAddress.Normalize($"{name}@b{label}.example"));
    }
}
