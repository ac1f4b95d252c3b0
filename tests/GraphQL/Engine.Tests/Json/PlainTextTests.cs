using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Tests.Json;

public class PlainTextTests
{
    [Fact]
    public void Finds_a_special_character_at_every_place_of_a_text_of_any_length()
    {
        foreach (var special in new[] { '"', '\\', '\n', '\x1f', '\x80', 'ä', '€' })
        {
            for (var length = 1; length < 40; length++)
            {
                for (var place = 0; place < length; place++)
                {
                    var text = string.Create(length, (special, place), (chars, s) => { chars.Fill('x'); chars[s.place] = s.special; });
                    Assert.Equal(place, PlainText.Narrow(text, new byte[length]));
                    Assert.Equal(text, WrittenAndRead(text));
                }
            }
        }
    }

    [Fact]
    public void Copies_every_plain_character()
    {
        var plain = new string([.. Enumerable.Range(' ', 0x60).Select(i => (char)i).Where(c => c is not '"' and not '\\')]);

        for (var start = 0; start < plain.Length; start++)
        {
            var bytes = new byte[plain.Length - start];
            Assert.Equal(bytes.Length, PlainText.Narrow(plain.AsSpan(start), bytes));
            Assert.Equal(plain[start..], System.Text.Encoding.ASCII.GetString(bytes));
        }
    }

    [Fact]
    public void Grows_the_buffer_for_long_texts()
    {
        var text = string.Concat(Enumerable.Repeat("abcä\"", 5_000));
        Assert.Equal(text, WrittenAndRead(text));
    }

    private static string? WrittenAndRead(string text)
    {
        using var writer = new JsonWriter(16);
        writer.WriteString(text);
        return JsonSerializer.Deserialize<string>(writer.WrittenSpan);
    }
}
