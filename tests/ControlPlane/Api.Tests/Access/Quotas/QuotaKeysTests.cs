using System.Net;
using Apc.ControlPlane.Api.Access.Quotas;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>Whoever spells a thing in another way meets the same window.</summary>
public sealed class QuotaKeysTests
{
    private readonly Random _random = new(20261128);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32", "203.0.113.0/24")]
    [InlineData("::FFFF:cb00:7107", "203.0.113.7/32", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    [InlineData("2001:DB8:1:2::", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    [InlineData("fe80::1%3", "fe80::/64", "fe80::/48")]
    public void An_address_counts_as_its_block(string address, string expected, string network)
        => Assert.Equal((expected, network), (QuotaKeys.OfAddress(address), QuotaKeys.OfNetwork(address)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    public void What_is_no_address_counts_as_none(string? address)
        => Assert.Equal((null, null), (QuotaKeys.OfAddress(address), QuotaKeys.OfNetwork(address)));

    [Fact]
    public void All_addresses_of_a_64_meet_one_window_and_those_of_others_do_not()
    {
        var blocks = new HashSet<string>();

        for (var i = 0; i < 1_000; i++)
        {
            var bytes = new byte[16];
            _random.NextBytes(bytes);
            bytes[0] = 0x20;
            var block = QuotaKeys.OfAddress(new IPAddress(bytes));
            _random.NextBytes(bytes.AsSpan(8));

            Assert.Equal(block, QuotaKeys.OfAddress(new IPAddress(bytes)));
            Assert.True(blocks.Add(block!));
            bytes[7] ^= 1;
            Assert.NotEqual(block, QuotaKeys.OfAddress(new IPAddress(bytes)));
        }
    }

    [Fact]
    public void All_spellings_of_a_name_meet_one_window()
    {
        string[] names = ["ada@example.com", "kelvin@example.com", "straße", "office", "ﬁle", "éclair", "ΣΊΣΥΦΟΣ"];

        foreach (var name in names)
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(QuotaKeys.OfName(name), QuotaKeys.OfName(Respell(name)));
            }
        }
    }

    [Theory]
    [InlineData("KELVIN@example.com", "\u212Aelvin@example.com")]
    [InlineData("ada@example.com", "ａｄａ@example.com")]
    public void Letters_that_databases_and_programs_fold_differently_meet_one_window(string one, string other)
        => Assert.Equal(QuotaKeys.OfName(one), QuotaKeys.OfName(other));

    [Fact]
    public void A_name_of_a_million_characters_is_a_short_key()
        => Assert.Equal(64, QuotaKeys.OfName(new string('x', 1_000_000)).Length);

    [Fact]
    public void Half_of_a_surrogate_pair_is_a_name_like_others() => Assert.Equal(64, QuotaKeys.OfName("a\ud800").Length);

    private string Respell(string name)
    {
        var letters = name.Select(c => _random.Next(3) switch
        {
            0 => char.ToUpperInvariant(c),
            1 when c is > ' ' and < '\x7f' => (char)(c + 0xFEE0),
            _ => c,
        });
        var respelled = new string([.. letters]).Normalize(_random.Next(2) == 0 ? System.Text.NormalizationForm.FormD : System.Text.NormalizationForm.FormC);
        return new string(' ', _random.Next(3)) + respelled + new string('\t', _random.Next(3));
    }
}
