using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Domain.Tests;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("Ada@Example.COM", "ada@example.com")]
    [InlineData("kevin", "\u212Aevin")]
    [InlineData("angstrom Å", "angstrom \u212B")]
    [InlineData("ada", "ａｄａ")]
    [InlineData("ada", "ＡＤＡ")]
    [InlineData("ada@x", "ada＠x")]
    [InlineData("ada@x", "ada﹫x")]
    [InlineData("office", "oﬃce")]
    [InlineData("straſse", "Strasse")]
    [InlineData("zo\u00EB", "ZOE\u0308")]
    [InlineData("e\u0323\u0301", "e\u0301\u0323")]
    [InlineData("\u1EBF", "e\u0302\u0301")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    [InlineData("ᾳ", "Α\u0345")]
    [InlineData("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("ǆ", "ǅ")]
    [InlineData("straße", "STRAẞE")]
    [InlineData("a b", "a\u00A0b")]
    [InlineData("𐐨", "𐐀")]
    [InlineData("admin", "𝒶𝓭𝔪𝕚𝗻")]
    public void One_name_in_two_spellings_has_one_key(string name, string other) => Assert.Equal(NameKey.Of(name), NameKey.Of(other));

    [Theory]
    [InlineData("i", "\u0130")]
    [InlineData("i", "ı")]
    [InlineData("ss", "ß")]
    [InlineData("e", "é")]
    [InlineData("a", "а")]
    [InlineData("ab", "a b")]
    public void Two_names_have_two_keys(string name, string other) => Assert.NotEqual(NameKey.Of(name), NameKey.Of(other));

    [Fact]
    public void A_key_of_ascii_is_its_lower_case() => Assert.Equal("a key_0@[x]", NameKey.Of("A Key_0@[X]"));

    [Fact]
    public void A_key_is_its_own_key_for_every_character()
        => Assert.Equal([], AllRunes().Where(rune => NameKey.Of(rune.ToString()) is var key && NameKey.Of(key) != key));

    [Fact]
    public void The_key_does_not_depend_on_case_for_every_character()
        => Assert.Equal(
            [],
            AllRunes().Where(rune => NameKey.Of(rune.ToString()) is var key
                && (NameKey.Of(Rune.ToUpperInvariant(rune).ToString()) != key || NameKey.Of(Rune.ToLowerInvariant(rune).ToString()) != key)));

    [Fact]
    public void A_key_of_any_text_is_its_own_key_and_fits_an_index()
    {
        var random = new Random(9);
        var runes = AllRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned).ToArray();

        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => runes[random.Next(runes.Length)].ToString()));
            var key = NameKey.Of(text);

            Assert.Equal(key, NameKey.Of(key));
            Assert.InRange(key.Length, 1, NameKey.MaxLength);
            Assert.InRange(Encoding.UTF8.GetByteCount(key), 1, 3 * NameKey.MaxLength);
        }
    }

    [Fact]
    public void Long_names_that_differ_at_their_end_have_two_keys()
    {
        var name = string.Concat(Enumerable.Repeat("\uFDFA", 255));

        Assert.NotEqual(NameKey.Of($"{name}a"), NameKey.Of($"{name}b"));
        Assert.Equal(NameKey.Of($"{name}a"), NameKey.Of($"{name}A"));
    }

    [Fact]
    public void Half_of_a_pair_is_the_replacement_character() => Assert.Equal("a\uFFFDe\u0301", NameKey.Of("A\uD800\u00C9"));

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));
}
