namespace Apc.GraphQL.Language;

/// <summary>
/// Finds the tokens of a source. It has no state: the token after another one is <c>Read(other.End)</c>, also to look ahead.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Language.Source-Text</remarks>
internal readonly ref partial struct Lexer(Source source)
{
    private readonly ReadOnlySpan<char> _text = source.Text;

    /// <summary>The first token at or after this offset; at the end of the text an empty <see cref="TokenKind.EndOfFile"/>.</summary>
    /// <exception cref="SyntaxErrorException">The text there is not a token.</exception>
    public Token Read(int position)
    {
        while (position < _text.Length)
        {
            switch (_text[position])
            {
                // Ignored :: UnicodeBOM | WhiteSpace | LineTerminator | Comment | Comma
                case ' ' or '\t' or '\n' or '\r' or ',' or '\uFEFF':
                    position++;
                    continue;
                case '#':
                    position = EndOfComment(position);
                    continue;

                case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_':
                    return ReadName(position);
                case (>= '0' and <= '9') or '-':
                    return ReadNumber(position);
                case '"':
                    return IsTripleQuote(position) ? ReadBlockString(position) : ReadString(position);

                // Punctuator :: one of ! $ & ( ) ... : = @ [ ] { | }
                case '!':
                    return Punctuator(TokenKind.Bang, position);
                case '$':
                    return Punctuator(TokenKind.Dollar, position);
                case '&':
                    return Punctuator(TokenKind.Ampersand, position);
                case '(':
                    return Punctuator(TokenKind.ParenthesisLeft, position);
                case ')':
                    return Punctuator(TokenKind.ParenthesisRight, position);
                case '.' when _text[position..].StartsWith("..."):
                    return new Token(TokenKind.Spread, position, position + 3);
                case ':':
                    return Punctuator(TokenKind.Colon, position);
                case '=':
                    return Punctuator(TokenKind.Equals, position);
                case '@':
                    return Punctuator(TokenKind.At, position);
                case '[':
                    return Punctuator(TokenKind.BracketLeft, position);
                case ']':
                    return Punctuator(TokenKind.BracketRight, position);
                case '{':
                    return Punctuator(TokenKind.BraceLeft, position);
                case '|':
                    return Punctuator(TokenKind.Pipe, position);
                case '}':
                    return Punctuator(TokenKind.BraceRight, position);

                default:
                    throw NoToken(position);
            }
        }

        return new Token(TokenKind.EndOfFile, _text.Length, _text.Length);
    }

    /// <summary>The token's characters as written.</summary>
    public ReadOnlySpan<char> TextOf(Token token) => _text[token.Start..token.End];

    /// <summary>The token as messages describe it: its kind, and its value if it has one.</summary>
    public string Describe(Token token) => token.Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{token.Kind} \"{TextOf(token)}\"",
        TokenKind.String or TokenKind.BlockString => $"{token.Kind} \"{StringValueOf(token)}\"",
        _ => token.Kind.Describe(),
    };

    private static Token Punctuator(TokenKind kind, int position) => new(kind, position, position + 1);

    // Comment :: # CommentChar* [lookahead != CommentChar]
    private int EndOfComment(int start)
    {
        var rest = _text[start..];
        var length = rest.IndexOfAny('\n', '\r');
        var end = length < 0 ? _text.Length : start + length;

        // A lone surrogate is not a SourceCharacter: it ends the comment, and the next read refuses it.
        return IndexOfLoneSurrogate(start, end) is var lone and >= 0 ? lone : end;
    }

    // Name :: NameStart NameContinue* [lookahead != NameContinue]
    private Token ReadName(int start)
    {
        var end = start + 1;

        while (end < _text.Length && IsNameContinue(_text[end]))
        {
            end++;
        }

        return new Token(TokenKind.Name, start, end);
    }

    /// <summary>
    /// IntValue :: IntegerPart [lookahead != {Digit, `.`, NameStart}]
    /// FloatValue :: IntegerPart FractionalPart? ExponentPart? [lookahead != {Digit, `.`, NameStart}], one of the two parts present
    /// IntegerPart :: NegativeSign? 0 | NegativeSign? NonZeroDigit Digit*
    /// FractionalPart :: . Digit+
    /// ExponentPart :: ExponentIndicator Sign? Digit+
    /// </summary>
    private Token ReadNumber(int start)
    {
        var kind = TokenKind.Int;
        var end = CharAt(start) == '-' ? start + 1 : start;

        if (CharAt(end) == '0')
        {
            end++;

            if (IsDigit(CharAt(end)))
            {
                throw Error(end, $"Invalid number, unexpected digit after 0: {DescribeCharacter(end)}.");
            }
        }
        else
        {
            end = EndOfDigits(end);
        }

        if (CharAt(end) == '.')
        {
            kind = TokenKind.Float;
            end = EndOfDigits(end + 1);
        }

        if (CharAt(end) is 'e' or 'E')
        {
            kind = TokenKind.Float;
            end = EndOfDigits(CharAt(end + 1) is '+' or '-' ? end + 2 : end + 1);
        }

        if (CharAt(end) is '.' or '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            throw ExpectedDigit(end);
        }

        return new Token(kind, start, end);
    }

    private int EndOfDigits(int start)
    {
        if (!IsDigit(CharAt(start)))
        {
            throw ExpectedDigit(start);
        }

        var end = start + 1;

        while (IsDigit(CharAt(end)))
        {
            end++;
        }

        return end;
    }

    /// <summary>The UTF-16 unit at this offset, or -1 after the end.</summary>
    private int CharAt(int position) => position < _text.Length ? _text[position] : -1;

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static bool IsNameContinue(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private SyntaxErrorException NoToken(int position) => Error(position, _text[position] switch
    {
        '\'' => "Unexpected single quote character ('), did you mean to use a double quote (\")?",
        _ when IndexOfLoneSurrogate(position, Math.Min(position + 2, _text.Length)) == position
            => $"Invalid character: {DescribeCharacter(position)}.",
        _ => $"Unexpected character: {DescribeCharacter(position)}.",
    });

    private SyntaxErrorException ExpectedDigit(int position)
        => Error(position, $"Invalid number, expected digit but got: {DescribeCharacter(position)}.");

    /// <summary>Printable ASCII in quotes, anything else as its code point.</summary>
    public string DescribeCharacter(int position)
    {
        if (position >= _text.Length)
        {
            return TokenKind.EndOfFile.Describe();
        }

        int c = _text[position];

        if (c == '"')
        {
            return "'\"'";
        }

        if (c is >= ' ' and <= '~')
        {
            return $"\"{(char)c}\"";
        }

        if (position + 1 < _text.Length && char.IsSurrogatePair(_text[position], _text[position + 1]))
        {
            c = char.ConvertToUtf32(_text[position], _text[position + 1]);
        }

        return $"U+{c:X4}";
    }

    private SyntaxErrorException Error(int position, string description) => new(source, position, description);
}
