using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Extensions of schemas and types. An extension that adds nothing is refused at the token that follows it.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System-Extensions</remarks>
internal ref partial struct Parser
{
    /// <summary>
    /// TypeSystemExtension : SchemaExtension | TypeExtension
    /// TypeExtension : ScalarTypeExtension | ObjectTypeExtension | InterfaceTypeExtension | UnionTypeExtension | EnumTypeExtension
    ///     | InputObjectTypeExtension
    /// </summary>
    private DefinitionNode ParseTypeSystemExtension()
    {
        var keyword = _lexer.Read(_next.End);
        return keyword.Kind != TokenKind.Name ? throw Unexpected(keyword) : _lexer.TextOf(keyword) switch
        {
            "schema" => ParseSchemaExtension(),
            "scalar" => ParseScalarTypeExtension(),
            "type" => ParseObjectTypeExtension(),
            "interface" => ParseInterfaceTypeExtension(),
            "union" => ParseUnionTypeExtension(),
            "enum" => ParseEnumTypeExtension(),
            "input" => ParseInputObjectTypeExtension(),
            _ => throw Unexpected(keyword),
        };
    }

    /// <summary>
    /// SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } | extend schema Directives[Const]
    /// </summary>
    private SchemaExtensionNode ParseSchemaExtension()
    {
        var start = ExpectExtend("schema");
        var directives = ParseConstDirectives();
        var operationTypes = ParseOperationTypeDefinitions();
        RefuseIf(directives.Length + operationTypes.Length == 0);
        return new SchemaExtensionNode(directives, operationTypes, From(start));
    }

    /// <summary>ScalarTypeExtension : extend scalar Name Directives[Const]</summary>
    private ScalarTypeExtensionNode ParseScalarTypeExtension()
    {
        var start = ExpectExtend("scalar");
        var name = ParseName();
        var directives = ParseConstDirectives();
        RefuseIf(directives.Length == 0);
        return new ScalarTypeExtensionNode(name, directives, From(start));
    }

    /// <summary>ObjectTypeExtension : extend type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
    private ObjectTypeExtensionNode ParseObjectTypeExtension()
    {
        var start = ExpectExtend("type");
        var name = ParseName();
        var interfaces = ParseImplementsInterfaces();
        var directives = ParseConstDirectives();
        var fields = ParseFieldsDefinition();
        RefuseIf(interfaces.Length + directives.Length + fields.Length == 0);
        return new ObjectTypeExtensionNode(name, interfaces, directives, fields, From(start));
    }

    /// <summary>InterfaceTypeExtension : extend interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
    private InterfaceTypeExtensionNode ParseInterfaceTypeExtension()
    {
        var start = ExpectExtend("interface");
        var name = ParseName();
        var interfaces = ParseImplementsInterfaces();
        var directives = ParseConstDirectives();
        var fields = ParseFieldsDefinition();
        RefuseIf(interfaces.Length + directives.Length + fields.Length == 0);
        return new InterfaceTypeExtensionNode(name, interfaces, directives, fields, From(start));
    }

    /// <summary>UnionTypeExtension : extend union Name Directives[Const]? UnionMemberTypes?</summary>
    private UnionTypeExtensionNode ParseUnionTypeExtension()
    {
        var start = ExpectExtend("union");
        var name = ParseName();
        var directives = ParseConstDirectives();
        var types = ParseUnionMemberTypes();
        RefuseIf(directives.Length + types.Length == 0);
        return new UnionTypeExtensionNode(name, directives, types, From(start));
    }

    /// <summary>EnumTypeExtension : extend enum Name Directives[Const]? EnumValuesDefinition?</summary>
    private EnumTypeExtensionNode ParseEnumTypeExtension()
    {
        var start = ExpectExtend("enum");
        var name = ParseName();
        var directives = ParseConstDirectives();
        var values = ParseEnumValuesDefinition();
        RefuseIf(directives.Length + values.Length == 0);
        return new EnumTypeExtensionNode(name, directives, values, From(start));
    }

    /// <summary>InputObjectTypeExtension : extend input Name Directives[Const]? InputFieldsDefinition?</summary>
    private InputObjectTypeExtensionNode ParseInputObjectTypeExtension()
    {
        var start = ExpectExtend("input");
        var name = ParseName();
        var directives = ParseConstDirectives();
        var fields = ParseInputFieldsDefinition();
        RefuseIf(directives.Length + fields.Length == 0);
        return new InputObjectTypeExtensionNode(name, directives, fields, From(start));
    }

    /// <summary>Reads both keywords and returns the start of the first one.</summary>
    private int ExpectExtend(string what)
    {
        var start = Position;
        ExpectKeyword("extend");
        ExpectKeyword(what);
        return start;
    }

    private readonly void RefuseIf(bool addsNothing)
    {
        if (addsNothing)
        {
            throw Unexpected(_next);
        }
    }
}
