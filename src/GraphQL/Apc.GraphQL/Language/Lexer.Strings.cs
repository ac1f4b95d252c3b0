using System.Buffers;
using System.Text;

namespace Apc.GraphQL.Language;

/// <summary>StringValue :: " StringCharacter* " | """ BlockStringCharacter* """</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-String-Value</remarks>
internal readonly ref partial struct Lexer
{
    private const string TripleQuote = "\"\"\"";

    private static readonly SearchValues<char> EndsPlainText = SearchValues.Create("\"\\\n\r");

    /// <summary>The value of a string or block string token: escapes resolved, a block's indentation removed.</summary>
    public string StringValueOf(Token token)
    {
        if (token.Kind == TokenKind.BlockString)
        {
            return BlockString.ValueOf(_text[(token.Start + 3)..(token.End - 3)]);
        }

        var raw = _text[(token.Start + 1)..(token.End - 1)];
        return raw.Contains('\\') ? Unescape(token) : raw.ToString();
    }

    private bool IsTripleQuote(int position) => _text[position..].StartsWith(TripleQuote);

    private Token ReadString(int start)
    {
        var position = start + 1;

        while (true)
        {
            var end = EndOfPlainText(position);

            if (end > position)
            {
                RefuseLoneSurrogates(position, end);
            }

            switch (CharAt(end))
            {
                case '"':
                    return new Token(TokenKind.String, start, end + 1);
                case '\\' when ShortEscapeOf(CharAt(end + 1)) != 0:
                    position = end + 2;
                    break;
                case '\\':
                    ReadUnicodeEscape(end, out var length);
                    position = end + length;
                    break;
                default:
                    throw Error(end, "Unterminated string.");
            }
        }
    }

    // The check saves a search: often there is no plain text between two escapes.
    private int EndOfPlainText(int position)
    {
        if (CharAt(position) == '\\')
        {
            return position;
        }

        var plain = _text[position..].IndexOfAny(EndsPlainText);
        return plain < 0 ? _text.Length : position + plain;
    }

    // BlockStringCharacter :: SourceCharacter but not `"""` or `\"""` | `\"""`
    private Token ReadBlockString(int start)
    {
        var position = start + TripleQuote.Length;

        while (true)
        {
            var plain = _text[position..].IndexOfAny('"', '\\');
            var end = plain < 0 ? _text.Length : position + plain;
            RefuseLoneSurrogates(position, end);

            if (end == _text.Length)
            {
                throw Error(end, "Unterminated string.");
            }

            if (IsTripleQuote(end))
            {
                return new Token(TokenKind.BlockString, start, end + TripleQuote.Length);
            }

            position = end + 1;

            if (_text[end] == '\\' && IsTripleQuote(position))
            {
                position += TripleQuote.Length;
            }
        }
    }

    private string Unescape(Token token)
    {
        // A character is never longer than its escape.
        var value = ArrayPool<char>.Shared.Rent(token.End - token.Start);
        var written = 0;
        var position = token.Start + 1;
        var last = token.End - 1;

        while (position < last)
        {
            var c = _text[position];

            if (c != '\\')
            {
                value[written++] = c;
                position++;
            }
            else if (ShortEscapeOf(CharAt(position + 1)) is var meant and not '\0')
            {
                value[written++] = meant;
                position += 2;
            }
            else
            {
                written += ReadUnicodeEscape(position, out var length).EncodeToUtf16(value.AsSpan(written));
                position += length;
            }
        }

        var text = new string(value, 0, written);
        ArrayPool<char>.Shared.Return(value);
        return text;
    }

    // EscapedCharacter :: one of " \ / b f n r t
    private static char ShortEscapeOf(int c) => c switch
    {
        '"' => '"',
        '\\' => '\\',
        '/' => '/',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => '\0',
    };

    // StringCharacter :: \u EscapedUnicode. The short escapes are handled by the caller.
    private Rune ReadUnicodeEscape(int backslash, out int length)
    {
        if (CharAt(backslash + 1) != 'u')
        {
            throw Error(backslash, $"Invalid character escape sequence: \"{Excerpt(backslash, 2)}\".");
        }

        return CharAt(backslash + 2) == '{' ? ReadBracedUnicode(backslash, out length) : ReadFixedUnicode(backslash, out length);
    }

    // EscapedUnicode :: { HexDigit+ }, read until it is closed, is invalid, or is longer than \u{00000000}
    private Rune ReadBracedUnicode(int backslash, out int length)
    {
        const int longest = 12;
        var codePoint = 0;
        length = 3;

        while (length < longest)
        {
            var c = CharAt(backslash + length);
            length++;

            if (c == '}')
            {
                if (length > 4 && Rune.TryCreate(codePoint, out var rune))
                {
                    return rune;
                }

                break;
            }

            codePoint = (codePoint << 4) | HexDigit(c);

            if (codePoint < 0)
            {
                break;
            }
        }

        throw InvalidUnicodeEscape(backslash, length);
    }

    // EscapedUnicode :: HexDigit HexDigit HexDigit HexDigit. Two escapes that form a surrogate pair are one character.
    private Rune ReadFixedUnicode(int backslash, out int length)
    {
        length = 6;
        var first = FourHexDigits(backslash + 2);

        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (first >= 0
            && CharAt(backslash + 6) == '\\'
            && CharAt(backslash + 7) == 'u'
            && FourHexDigits(backslash + 8) is var second and >= 0
            && Rune.TryCreate((char)first, (char)second, out rune))
        {
            length = 12;
            return rune;
        }

        throw InvalidUnicodeEscape(backslash, length);
    }

    /// <summary>The number at this position; negative if a character is not a hexadecimal digit.</summary>
    private int FourHexDigits(int position)
        => (HexDigit(CharAt(position)) << 12)
            | (HexDigit(CharAt(position + 1)) << 8)
            | (HexDigit(CharAt(position + 2)) << 4)
            | HexDigit(CharAt(position + 3));

    private static int HexDigit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private SyntaxErrorException InvalidUnicodeEscape(int backslash, int length)
        => Error(backslash, $"Invalid Unicode escape sequence: \"{Excerpt(backslash, length)}\".");

    private ReadOnlySpan<char> Excerpt(int start, int length) => _text[start..Math.Min(start + length, _text.Length)];

    private void RefuseLoneSurrogates(int start, int end)
    {
        var lone = IndexOfLoneSurrogate(start, end);

        if (lone >= 0)
        {
            throw Error(lone, $"Invalid character within String: {DescribeCharacter(lone)}.");
        }
    }

    /// <summary>
    /// The position of the first half of a surrogate pair without its other half, or -1. Such a half is not a SourceCharacter.
    /// </summary>
    private int IndexOfLoneSurrogate(int start, int end)
    {
        while (_text[start..end].IndexOfAnyInRange('\uD800', '\uDFFF') is var offset and >= 0)
        {
            start += offset;

            if (start + 1 >= end || !char.IsSurrogatePair(_text[start], _text[start + 1]))
            {
                return start;
            }

            start += 2;
        }

        return -1;
    }
}
