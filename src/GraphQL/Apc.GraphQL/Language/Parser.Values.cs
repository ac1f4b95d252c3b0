using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Literals.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Values</remarks>
internal ref partial struct Parser
{
    /// <summary>A text that is only a value.</summary>
    public ValueNode ParseWholeValue()
    {
        var value = ParseValue(isConst: false);
        Expect(TokenKind.EndOfFile);
        return value;
    }

    /// <summary>
    /// Value[Const] : [~Const] Variable | IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue
    ///     | ListValue[?Const] | ObjectValue[?Const]
    /// </summary>
    private ValueNode ParseValue(bool isConst)
    {
        switch (_next.Kind)
        {
            case TokenKind.BracketLeft:
                return ParseList(isConst);
            case TokenKind.BraceLeft:
                return ParseObject(isConst);
            case TokenKind.Int:
                var integer = Take();
                return new IntValueNode(_lexer.TextOf(integer).ToString(), integer.Location);
            case TokenKind.Float:
                var number = Take();
                return new FloatValueNode(_lexer.TextOf(number).ToString(), number.Location);
            case TokenKind.String or TokenKind.BlockString:
                return ParseString();
            case TokenKind.Name:
                return ParseWord();
            case TokenKind.Dollar:
                return isConst ? throw VariableInConstant() : ParseVariable();
            default:
                throw Unexpected(_next);
        }
    }

    /// <summary>
    /// BooleanValue : one of `true` `false`
    /// NullValue : `null`
    /// EnumValue : Name but not `true`, `false` or `null`
    /// </summary>
    private ValueNode ParseWord()
    {
        var word = Take();
        return _lexer.TextOf(word) switch
        {
            "true" => new BooleanValueNode(true, word.Location),
            "false" => new BooleanValueNode(false, word.Location),
            "null" => new NullValueNode(word.Location),
            var name => new EnumValueNode(name.ToString(), word.Location),
        };
    }

    private StringValueNode ParseString()
    {
        var token = Take();
        return new StringValueNode(_lexer.StringValueOf(token), isBlock: token.Kind == TokenKind.BlockString, token.Location);
    }

    /// <summary>ListValue[Const] : [ ] | [ Value[?Const]+ ]</summary>
    private ListValueNode ParseList(bool isConst)
    {
        Enter();
        var start = Position;
        var values = Any<ValueNode>(
            TokenKind.BracketLeft,
            isConst ? static (ref p) => p.ParseValue(isConst: true) : static (ref p) => p.ParseValue(isConst: false),
            TokenKind.BracketRight);
        Leave();
        return new ListValueNode(values, From(start));
    }

    /// <summary>ObjectValue[Const] : { } | { ObjectField[?Const]+ }</summary>
    private ObjectValueNode ParseObject(bool isConst)
    {
        Enter();
        var start = Position;
        var fields = Any<ObjectFieldNode>(
            TokenKind.BraceLeft,
            isConst ? static (ref p) => p.ParseObjectField(isConst: true) : static (ref p) => p.ParseObjectField(isConst: false),
            TokenKind.BraceRight);
        Leave();
        return new ObjectValueNode(fields, From(start));
    }

    /// <summary>ObjectField[Const] : Name : Value[?Const]</summary>
    private ObjectFieldNode ParseObjectField(bool isConst)
    {
        var start = Position;
        var name = ParseName();
        Expect(TokenKind.Colon);
        return new ObjectFieldNode(name, value: ParseValue(isConst), location: From(start));
    }

    private readonly bool NextIsDescription => _next.Kind is TokenKind.String or TokenKind.BlockString;

    /// <summary>Description : StringValue</summary>
    private StringValueNode? ParseDescription() => NextIsDescription ? ParseString() : null;

    private SyntaxErrorException VariableInConstant()
    {
        var dollar = Take();
        return NextIsName
            ? Error(dollar.Start, $"Unexpected variable \"${_lexer.TextOf(_next)}\" in constant value.")
            : Unexpected(dollar);
    }
}
