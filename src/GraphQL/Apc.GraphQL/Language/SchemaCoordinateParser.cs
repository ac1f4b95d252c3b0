namespace Apc.GraphQL.Language;

/// <summary>Parses one schema coordinate. Its grammar has its own tokens and no ignored characters.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Coordinates.Parsing-a-Schema-Coordinate</remarks>
internal ref struct SchemaCoordinateParser
{
    private readonly Source _source;
    private readonly Lexer _lexer;
    private Token _next;

    public SchemaCoordinateParser(Source source)
    {
        _source = source;
        _lexer = new Lexer(source);
        _next = Read(0);
    }

    /// <summary>
    /// SchemaCoordinate :: TypeCoordinate | MemberCoordinate | ArgumentCoordinate | DirectiveCoordinate | DirectiveArgumentCoordinate
    /// </summary>
    public SchemaCoordinate Parse()
    {
        var coordinate = NextIs(TokenKind.At) ? ParseDirective() : ParseType();
        Expect(TokenKind.EndOfFile);
        return coordinate;
    }

    private SchemaCoordinate ParseDirective()
    {
        Expect(TokenKind.At);
        var directive = ParseName();
        return NextIs(TokenKind.ParenthesisLeft)
            ? new DirectiveArgumentCoordinate(directive, ParseArgument())
            : new DirectiveCoordinate(directive);
    }

    private SchemaCoordinate ParseType()
    {
        var type = ParseName();

        if (!NextIs(TokenKind.Dot))
        {
            return new TypeCoordinate(type);
        }

        Expect(TokenKind.Dot);
        var member = ParseName();
        return NextIs(TokenKind.ParenthesisLeft)
            ? new ArgumentCoordinate(type, member, ParseArgument())
            : new MemberCoordinate(type, member);
    }

    private string ParseArgument()
    {
        Expect(TokenKind.ParenthesisLeft);
        var argument = ParseName();
        Expect(TokenKind.Colon);
        Expect(TokenKind.ParenthesisRight);
        return argument;
    }

    private string ParseName() => _lexer.TextOf(Expect(TokenKind.Name)).ToString();

    private readonly bool NextIs(TokenKind kind) => _next.Kind == kind;

    private Token Expect(TokenKind kind)
    {
        var token = _next;

        if (token.Kind != kind)
        {
            throw new SyntaxErrorException(_source, token.Start, $"Expected {kind.Describe()}, found {_lexer.Describe(token)}.");
        }

        _next = Read(token.End);
        return token;
    }

    private readonly Token Read(int position)
    {
        if (position >= _source.Text.Length)
        {
            return new Token(TokenKind.EndOfFile, position, position);
        }

        return _source.Text[position] switch
        {
            '.' => new Token(TokenKind.Dot, position, position + 1),
            '(' or ')' or ':' or '@' or '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => _lexer.Read(position),
            _ => throw new SyntaxErrorException(_source, position, $"Invalid character: {_lexer.DescribeCharacter(position)}."),
        };
    }
}
