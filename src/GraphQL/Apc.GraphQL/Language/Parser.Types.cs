using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>References to types.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-References</remarks>
internal ref partial struct Parser
{
    /// <summary>A text that is only a type reference.</summary>
    public TypeNode ParseWholeType()
    {
        var type = ParseTypeReference();
        Expect(TokenKind.EndOfFile);
        return type;
    }

    /// <summary>
    /// Type : NamedType | ListType | NonNullType
    /// NonNullType : NamedType ! | ListType !
    /// </summary>
    private TypeNode ParseTypeReference()
    {
        var start = Position;
        TypeNode type = NextIs(TokenKind.BracketLeft) ? ParseListType() : ParseNamedType();
        return TryExpect(TokenKind.Bang) ? new NonNullTypeNode(type, From(start)) : type;
    }

    /// <summary>ListType : [ Type ]</summary>
    private ListTypeNode ParseListType()
    {
        Enter();
        var start = Position;
        Expect(TokenKind.BracketLeft);
        var type = ParseTypeReference();
        Expect(TokenKind.BracketRight);
        Leave();
        return new ListTypeNode(type, From(start));
    }

    /// <summary>NamedType : Name</summary>
    private NamedTypeNode ParseNamedType()
    {
        var name = ParseName();
        return new NamedTypeNode(name, name.Location);
    }
}
