using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Definitions of schemas, types and directives.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
internal ref partial struct Parser
{
    /// <summary>SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }</summary>
    private SchemaDefinitionNode ParseSchemaDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("schema");
        return new SchemaDefinitionNode(
            description: description,
            directives: ParseConstDirectives(),
            operationTypes: NextIs(TokenKind.BraceLeft) ? ParseOperationTypeDefinitions() : throw Expected(TokenKind.BraceLeft.Describe()),
            location: From(start));
    }

    private OperationTypeDefinitionNode[] ParseOperationTypeDefinitions()
        => OptionalMany(TokenKind.BraceLeft, static (ref p) => p.ParseOperationTypeDefinition(), TokenKind.BraceRight);

    /// <summary>RootOperationTypeDefinition : OperationType : NamedType</summary>
    private OperationTypeDefinitionNode ParseOperationTypeDefinition()
    {
        var start = Position;
        var operation = ParseOperationType();
        Expect(TokenKind.Colon);
        return new OperationTypeDefinitionNode(operation, type: ParseNamedType(), location: From(start));
    }

    /// <summary>ScalarTypeDefinition : Description? scalar Name Directives[Const]?</summary>
    private ScalarTypeDefinitionNode ParseScalarTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("scalar");
        return new ScalarTypeDefinitionNode(
            description: description,
            name: ParseName(),
            directives: ParseConstDirectives(),
            location: From(start));
    }

    /// <summary>ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
    private ObjectTypeDefinitionNode ParseObjectTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("type");
        return new ObjectTypeDefinitionNode(
            description: description,
            name: ParseName(),
            interfaces: ParseImplementsInterfaces(),
            directives: ParseConstDirectives(),
            fields: ParseFieldsDefinition(),
            location: From(start));
    }

    /// <summary>ImplementsInterfaces : implements `&amp;`? NamedType | ImplementsInterfaces &amp; NamedType</summary>
    private NamedTypeNode[] ParseImplementsInterfaces() => TryExpectKeyword("implements")
        ? DelimitedMany(TokenKind.Ampersand, static (ref p) => p.ParseNamedType())
        : [];

    /// <summary>FieldsDefinition : { FieldDefinition+ }</summary>
    private FieldDefinitionNode[] ParseFieldsDefinition()
        => OptionalMany(TokenKind.BraceLeft, static (ref p) => p.ParseFieldDefinition(), TokenKind.BraceRight);

    /// <summary>FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?</summary>
    private FieldDefinitionNode ParseFieldDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        var name = ParseName();
        var arguments = ParseArgumentsDefinition();
        Expect(TokenKind.Colon);
        return new FieldDefinitionNode(
            description: description,
            name: name,
            arguments: arguments,
            type: ParseTypeReference(),
            directives: ParseConstDirectives(),
            location: From(start));
    }

    /// <summary>ArgumentsDefinition : ( InputValueDefinition+ )</summary>
    private InputValueDefinitionNode[] ParseArgumentsDefinition()
        => OptionalMany(TokenKind.ParenthesisLeft, static (ref p) => p.ParseInputValueDefinition(), TokenKind.ParenthesisRight);

    /// <summary>InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?</summary>
    private InputValueDefinitionNode ParseInputValueDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        var name = ParseName();
        Expect(TokenKind.Colon);
        return new InputValueDefinitionNode(
            description: description,
            name: name,
            type: ParseTypeReference(),
            defaultValue: ParseDefaultValue(),
            directives: ParseConstDirectives(),
            location: From(start));
    }

    /// <summary>InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
    private InterfaceTypeDefinitionNode ParseInterfaceTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("interface");
        return new InterfaceTypeDefinitionNode(
            description: description,
            name: ParseName(),
            interfaces: ParseImplementsInterfaces(),
            directives: ParseConstDirectives(),
            fields: ParseFieldsDefinition(),
            location: From(start));
    }

    /// <summary>UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?</summary>
    private UnionTypeDefinitionNode ParseUnionTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("union");
        return new UnionTypeDefinitionNode(
            description: description,
            name: ParseName(),
            directives: ParseConstDirectives(),
            types: ParseUnionMemberTypes(),
            location: From(start));
    }

    /// <summary>UnionMemberTypes : = `|`? NamedType | UnionMemberTypes | NamedType</summary>
    private NamedTypeNode[] ParseUnionMemberTypes() => TryExpect(TokenKind.Equals)
        ? DelimitedMany(TokenKind.Pipe, static (ref p) => p.ParseNamedType())
        : [];

    /// <summary>EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?</summary>
    private EnumTypeDefinitionNode ParseEnumTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("enum");
        return new EnumTypeDefinitionNode(
            description: description,
            name: ParseName(),
            directives: ParseConstDirectives(),
            values: ParseEnumValuesDefinition(),
            location: From(start));
    }

    /// <summary>EnumValuesDefinition : { EnumValueDefinition+ }</summary>
    private EnumValueDefinitionNode[] ParseEnumValuesDefinition()
        => OptionalMany(TokenKind.BraceLeft, static (ref p) => p.ParseEnumValueDefinition(), TokenKind.BraceRight);

    /// <summary>EnumValueDefinition : Description? EnumValue Directives[Const]?</summary>
    private EnumValueDefinitionNode ParseEnumValueDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        return new EnumValueDefinitionNode(
            description: description,
            name: ParseEnumValueName(),
            directives: ParseConstDirectives(),
            location: From(start));
    }

    /// <summary>EnumValue : Name but not `true`, `false` or `null`</summary>
    private NameNode ParseEnumValueName()
    {
        if (NextValueIs("true") || NextValueIs("false") || NextValueIs("null"))
        {
            throw Error(Position, $"{_lexer.Describe(_next)} is reserved and cannot be used for an enum value.");
        }

        return ParseName();
    }

    /// <summary>InputObjectTypeDefinition : Description? input Name Directives[Const]? InputFieldsDefinition?</summary>
    private InputObjectTypeDefinitionNode ParseInputObjectTypeDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("input");
        return new InputObjectTypeDefinitionNode(
            description: description,
            name: ParseName(),
            directives: ParseConstDirectives(),
            fields: ParseInputFieldsDefinition(),
            location: From(start));
    }

    /// <summary>InputFieldsDefinition : { InputValueDefinition+ }</summary>
    private InputValueDefinitionNode[] ParseInputFieldsDefinition()
        => OptionalMany(TokenKind.BraceLeft, static (ref p) => p.ParseInputValueDefinition(), TokenKind.BraceRight);

    /// <summary>
    /// DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? `repeatable`? on DirectiveLocations
    /// DirectiveLocations : `|`? DirectiveLocation | DirectiveLocations | DirectiveLocation
    /// </summary>
    private DirectiveDefinitionNode ParseDirectiveDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("directive");
        Expect(TokenKind.At);
        var name = ParseName();
        var arguments = ParseArgumentsDefinition();
        var isRepeatable = TryExpectKeyword("repeatable");
        ExpectKeyword("on");
        return new DirectiveDefinitionNode(
            description: description,
            name: name,
            arguments: arguments,
            isRepeatable: isRepeatable,
            locations: DelimitedMany(TokenKind.Pipe, static (ref p) => p.ParseDirectiveLocation()),
            location: From(start));
    }

    /// <summary>DirectiveLocation : ExecutableDirectiveLocation | TypeSystemDirectiveLocation</summary>
    private NameNode ParseDirectiveLocation()
    {
        var token = _next;
        var name = ParseName();
        return IsDirectiveLocation(name.Value) ? name : throw Unexpected(token);
    }

    private static bool IsDirectiveLocation(string name) => name
        is "QUERY" or "MUTATION" or "SUBSCRIPTION" or "FIELD" or "FRAGMENT_DEFINITION" or "FRAGMENT_SPREAD" or "INLINE_FRAGMENT"
        or "VARIABLE_DEFINITION" or "SCHEMA" or "SCALAR" or "OBJECT" or "FIELD_DEFINITION" or "ARGUMENT_DEFINITION" or "INTERFACE"
        or "UNION" or "ENUM" or "ENUM_VALUE" or "INPUT_OBJECT" or "INPUT_FIELD_DEFINITION"
        // Not in September 2025, but graphql-js accepts it.
        or "DIRECTIVE_DEFINITION";
}
