using System.Text;

namespace Apc.Fuzz.Tests;

/// <summary>Damages documents: token by token, character by character, and by what attackers send.</summary>
internal static class Damage
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", "..", "\"", "\"\"\"", "\\", "\\\"\"\"", "\\u", "\\u{", "\\uD83D", "\\u{110000}", "'", "0", "-", "00", "1.",
        "1e", "1e999", "-0.0", "99999999999999999999", "#", "\n", "\r", "\r\n", " ", ",", "\t", "\uFEFF", "\0", "\u007F", "\u2028", "é", "😀", "\uD83D", "\uDE00", "\uFFFD", "on", "query",
        "mutation", "subscription", "fragment", "extend", "schema", "type", "true", "null", "__typename", "__schema", "__proto__", "_",
    ];

    /// <summary>A document, mostly damaged, sometimes enormous.</summary>
    public static string Document(Random random)
    {
        if (random.Next(12) == 0)
        {
            return Bombs.Make(random);
        }

        var tokens = Corpus.Tokenize(Pick(random, Corpus.Documents));

        for (var i = random.Next(5); i > 0; i--)
        {
            Change(tokens, Corpus.Documents, random);
        }

        return random.Next(6) == 0 ? Scratch(string.Concat(tokens), random) : string.Concat(tokens);
    }

    /// <summary>A request that could be executed, hardly damaged or not at all.</summary>
    public static string Request(Random random) => Lightly(Corpus.Requests, random);

    /// <summary>Type definitions, hardly damaged or not at all.</summary>
    public static string Definitions(Random random) => Lightly(Corpus.Definitions, random);

    /// <summary>Characters of any kind.</summary>
    public static string Noise(Random random)
    {
        var text = new StringBuilder();

        for (var i = random.Next(80); i > 0; i--)
        {
            _ = random.Next(4) switch
            {
                0 => text.Append((char)random.Next(0x10000)),
                1 => text.Append((char)random.Next(0x80)),
                2 => text.Append(Pick(random, Pieces)),
                _ => text.Append(Pick(random, Corpus.Tokens)),
            };
        }

        return text.ToString();
    }

    /// <summary>The UTF-8 of a text, with some bytes changed that need not be UTF-8 any more.</summary>
    public static byte[] Bytes(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(0x100);
        }

        return bytes;
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static string Lightly(string[] texts, Random random)
    {
        var tokens = Corpus.Tokenize(Pick(random, texts));

        for (var i = random.Next(3); i > 0; i--)
        {
            Change(tokens, texts, random);
        }

        return string.Concat(tokens);
    }

    private static void Change(List<string> tokens, string[] texts, Random random)
    {
        var at = random.Next(tokens.Count + 1);
        var length = Math.Min(random.Next(8), tokens.Count - at);

        switch (random.Next(9))
        {
            case 0:
                tokens.RemoveRange(at, length);
                break;
            case 1:
                tokens.InsertRange(random.Next(tokens.Count + 1), tokens.GetRange(at, length));
                break;
            case 2:
                tokens.Insert(at, Pick(random, Corpus.Tokens));
                break;
            case 3:
                tokens.Insert(at, Pick(random, Pieces));
                break;
            case 4 when at < tokens.Count:
                tokens[at] = Pick(random, Corpus.Tokens);
                break;
            case 5 when at < tokens.Count:
                var other = random.Next(tokens.Count);
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 6:
                // The beginning of one and the end of another.
                var donor = Corpus.Tokenize(Pick(random, texts));
                tokens.RemoveRange(at, tokens.Count - at);
                tokens.AddRange(donor.Skip(random.Next(donor.Count)));
                break;
            case 7:
                tokens.InsertRange(at, Enumerable.Repeat(tokens.GetRange(at, length), random.Next(60)).SelectMany(range => range).ToList());
                break;
            default:
                // Whole definitions behind each other: names twice, fragments of elsewhere.
                tokens.Add(" ");
                tokens.AddRange(Corpus.Tokenize(Pick(random, texts)));
                break;
        }
    }

    private static string Scratch(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(4), text.Length - at);
        return random.Next(3) switch
        {
            0 => text.Remove(at, length).Insert(at, Pick(random, Pieces)),
            1 => text.Insert(at, ((char)random.Next(0x10000)).ToString()),
            _ => text[..at],
        };
    }
}
