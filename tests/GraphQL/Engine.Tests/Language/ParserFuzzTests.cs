using System.Diagnostics;
using System.Text;
using Apc.GraphQL.Language;

namespace Apc.GraphQL.Tests.Language;

/// <summary>Damaged and enormous texts: refused with a place inside the text, quickly, or read.</summary>
public class ParserFuzzTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", ".", "\"", "\"\"\"", "\\", "\\u", "\\u{", "'", "0", "-",
        "1.", "1e", "#", "\n", "\r", "\r\n", " ", ",", "\uFEFF", "\0", "é", "😀", "\uD83D", "\uDE00", "on", "query", "extend", "true", "_a",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damage_is_refused_at_a_place_in_the_text_or_reads_and_prints_the_same_again(int seed)
    {
        // Random texts, yet the same in every run.
        var random = new Random(seed);

        for (var i = 0; i < 500; i++)
        {
            var text = Damage(KitchenSink.Text, random);

            try
            {
                var printed = SyntaxPrinter.Print(GraphQLParser.Parse(new Source(text)));
                Assert.Equal(printed, SyntaxPrinter.Print(GraphQLParser.Parse(new Source(printed))));
            }
            catch (SyntaxErrorException e)
            {
                Assert.InRange(e.Offset, 0, text.Length);
                Assert.InRange(e.Location.Line, 1, 1 + text.Count(c => c is '\n' or '\r'));
                Assert.InRange(e.Location.Column, 1, text.Length + 1);
            }
            catch (DocumentLimitException e)
            {
                Assert.InRange(e.Offset, 0, text.Length);
            }
        }
    }

    [Fact]
    public void Every_beginning_of_a_document_is_refused_or_read()
    {
        for (var length = 0; length <= KitchenSink.Text.Length; length++)
        {
            var text = KitchenSink.Text[..length];

            try
            {
                GraphQLParser.Parse(new Source(text));
            }
            catch (SyntaxErrorException e)
            {
                // Nothing before the cut is wrong, so at most the last token is to blame.
                Assert.InRange(e.Offset, 0, length);
            }
        }
    }

    [Theory]
    [InlineData("{a(b:\"", "\\n", "\")}")]
    [InlineData("{a(b:\"", "\\u{1F600}", "\")}")]
    [InlineData("{a(b:\"\"\"", "\"\" \\\"\"\"\n", "\"\"\")}")]
    [InlineData("{a", "#\n\r\n,\uFEFF", "}")]
    [InlineData("{", "a ", "}")]
    [InlineData("{", "a(b:[{c:$d}])@e{f}", "}")]
    [InlineData("{a(b:", "1", ")}")]
    [InlineData("{", "a", "}")]
    [InlineData("", "\"\"\"d\"\"\" type A{\"d\" a(\"d\" b:C=1):D}\n", "")]
    [InlineData("union A=", "|B", "")]
    [InlineData("{a(b:\"", "😀", "\uD83D\")}")]
    [InlineData("#", "😀", "\uD83D")]
    [InlineData("\"\"\"", "\"\"", "")]
    public void A_million_characters_are_read_in_no_time(string start, string repeated, string end)
    {
        var text = new StringBuilder(start).Insert(start.Length, repeated, 1_000_000 / repeated.Length).Append(end).ToString();
        var watch = Stopwatch.StartNew();

        try
        {
            GraphQLParser.Parse(new Source(text), new ParserOptions { MaxTokens = int.MaxValue });
        }
        catch (SyntaxErrorException e)
        {
            Assert.InRange(e.Location.Column, 1, text.Length + 1);
        }

        // Milliseconds (more on a busy machine) where the time grows with the text, minutes where it grows with its square.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static string Damage(string text, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(5), text.Length - at);
            var piece = Pieces[random.Next(Pieces.Length)];
            text = random.Next(4) switch
            {
                0 => text.Insert(at, piece),
                1 => text.Remove(at, length),
                2 => text[..at] + piece,
                _ => text.Remove(at, length).Insert(at, piece),
            };
        }

        return text;
    }
}
