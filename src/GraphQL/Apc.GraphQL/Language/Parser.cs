using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>
/// Parses one source by recursive descent with one token of lookahead. Each production of the grammar is a method whose comment is its
/// rule; this file holds the methods that the productions share.
/// </summary>
internal ref partial struct Parser
{
    private readonly Source _source;
    private readonly Lexer _lexer;
    private readonly int _maxTokens;
    private readonly int _maxNesting;

    private Token _next;
    private int _previousEnd;
    private int _tokens;
    private int _nesting;

    public Parser(Source source, ParserOptions options)
    {
        _source = source;
        _lexer = new Lexer(source);
        _maxTokens = options.MaxTokens;
        _maxNesting = options.MaxNesting;
        Advance();
    }

    private delegate T Production<out T>(ref Parser parser);

    /// <summary>The start of the next token.</summary>
    private readonly int Position => _next.Start;

    private readonly bool NextIsName => _next.Kind == TokenKind.Name;

    /// <summary>The range from <paramref name="start"/> to the end of the last token that was read.</summary>
    private readonly Location From(int start) => new(start, _previousEnd);

    private readonly bool NextIs(TokenKind kind) => _next.Kind == kind;

    private readonly bool NextIsKeyword(string keyword) => NextIsName && _lexer.TextOf(_next).SequenceEqual(keyword);

    /// <summary>True if the value of the next token is this text. As in graphql-js, the token may be a name or a string.</summary>
    private readonly bool NextValueIs(string value) => _next.Kind switch
    {
        TokenKind.Name => _lexer.TextOf(_next).SequenceEqual(value),
        TokenKind.String or TokenKind.BlockString => _lexer.StringValueOf(_next) == value,
        _ => false,
    };

    private Token Take()
    {
        var taken = _next;
        Advance();
        return taken;
    }

    private bool TryExpect(TokenKind kind)
    {
        if (_next.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private Token Expect(TokenKind kind) => NextIs(kind) ? Take() : throw Expected(kind.Describe());

    private bool TryExpectKeyword(string keyword)
    {
        if (!NextIsKeyword(keyword))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void ExpectKeyword(string keyword)
    {
        if (!TryExpectKeyword(keyword))
        {
            throw Expected($"\"{keyword}\"");
        }
    }

    private NameNode ParseName()
    {
        var name = Expect(TokenKind.Name);
        return new NameNode(_lexer.TextOf(name).ToString(), name.Location);
    }

    /// <summary>At least one item between two tokens.</summary>
    private T[] Many<T>(TokenKind open, Production<T> parseItem, TokenKind close)
        where T : SyntaxNode
    {
        Expect(open);
        var items = default(NodeList<T>);

        do
        {
            items.Add(parseItem(ref this));
        }
        while (!TryExpect(close));

        return items.ToArray();
    }

    /// <summary>At least one item between two tokens, or no tokens at all.</summary>
    private T[] OptionalMany<T>(TokenKind open, Production<T> parseItem, TokenKind close)
        where T : SyntaxNode
        => NextIs(open) ? Many(open, parseItem, close) : [];

    /// <summary>Any number of items between two tokens.</summary>
    private T[] Any<T>(TokenKind open, Production<T> parseItem, TokenKind close)
        where T : SyntaxNode
    {
        Expect(open);
        var items = default(NodeList<T>);

        while (!TryExpect(close))
        {
            items.Add(parseItem(ref this));
        }

        return items.ToArray();
    }

    /// <summary>At least one item, with a delimiter between items and optionally before the first.</summary>
    private T[] DelimitedMany<T>(TokenKind delimiter, Production<T> parseItem)
        where T : SyntaxNode
    {
        TryExpect(delimiter);
        var items = default(NodeList<T>);

        do
        {
            items.Add(parseItem(ref this));
        }
        while (TryExpect(delimiter));

        return items.ToArray();
    }

    /// <summary>Reads the next token; throws if it exceeds the limit.</summary>
    private void Advance()
    {
        _previousEnd = _next.End;
        _next = _lexer.Read(_next.End);

        if (_next.Kind != TokenKind.EndOfFile && ++_tokens > _maxTokens)
        {
            throw new DocumentLimitException(_source, Position, nameof(ParserOptions.MaxTokens), _maxTokens, "tokens");
        }
    }

    /// <summary>Enters a level of nesting; each call needs a <see cref="Leave"/>.</summary>
    private void Enter()
    {
        if (++_nesting > _maxNesting)
        {
            throw new DocumentLimitException(_source, Position, nameof(ParserOptions.MaxNesting), _maxNesting, "levels of nesting");
        }
    }

    private void Leave() => _nesting--;

    private readonly SyntaxErrorException Expected(string what) => Error(Position, $"Expected {what}, found {_lexer.Describe(_next)}.");

    private readonly SyntaxErrorException Unexpected(Token token) => Error(token.Start, $"Unexpected {_lexer.Describe(token)}.");

    private readonly SyntaxErrorException Error(int position, string description) => new(_source, position, description);
}
