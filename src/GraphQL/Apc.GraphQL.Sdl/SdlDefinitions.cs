using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl;

/// <summary>The definitions and extensions of a document by their kinds.</summary>
internal sealed class SdlDefinitions
{
    private readonly ILookup<string, SyntaxNode> _parts;

    public SdlDefinitions(DocumentNode document)
    {
        Types = [.. document.Definitions.OfType<TypeDefinitionNode>()];
        Directives = [.. document.Definitions.OfType<DirectiveDefinitionNode>()];
        Schema = document.Definitions.OfType<SchemaDefinitionNode>().FirstOrDefault();
        OperationTypes =
        [
            .. Schema?.OperationTypes ?? [],
            .. document.Definitions.OfType<SchemaExtensionNode>().SelectMany(e => e.OperationTypes),
        ];

        // Extensions come after the definition, independent of their order in the document.
        _parts = Types.Select(t => (Name: t.Name.Value, Part: (SyntaxNode)t))
            .Concat(document.Definitions.OfType<TypeExtensionNode>().Select(e => (Name: e.Name.Value, Part: (SyntaxNode)e)))
            .ToLookup(p => p.Name, p => p.Part);
    }

    public IReadOnlyList<TypeDefinitionNode> Types { get; }

    public IReadOnlyList<DirectiveDefinitionNode> Directives { get; }

    /// <summary>The schema definition, or null.</summary>
    public SchemaDefinitionNode? Schema { get; }

    /// <summary>The root types of the schema definition and its extensions.</summary>
    public IReadOnlyList<OperationTypeDefinitionNode> OperationTypes { get; }

    /// <summary>
    /// The definition of a type, if the document has it, and its extensions; empty for a type that the document does not mention.
    /// </summary>
    public IEnumerable<SyntaxNode> PartsOf(string type) => _parts[type];

    public static IEnumerable<NamedTypeNode> InterfacesOf(SyntaxNode part) => part switch
    {
        ObjectTypeDefinitionNode node => node.Interfaces,
        ObjectTypeExtensionNode node => node.Interfaces,
        InterfaceTypeDefinitionNode node => node.Interfaces,
        InterfaceTypeExtensionNode node => node.Interfaces,
        _ => [],
    };

    public static IEnumerable<FieldDefinitionNode> FieldsOf(SyntaxNode part) => part switch
    {
        ObjectTypeDefinitionNode node => node.Fields,
        ObjectTypeExtensionNode node => node.Fields,
        InterfaceTypeDefinitionNode node => node.Fields,
        InterfaceTypeExtensionNode node => node.Fields,
        _ => [],
    };

    public static IEnumerable<NamedTypeNode> MembersOf(SyntaxNode part) => part switch
    {
        UnionTypeDefinitionNode node => node.Types,
        UnionTypeExtensionNode node => node.Types,
        _ => [],
    };

    public static IEnumerable<EnumValueDefinitionNode> ValuesOf(SyntaxNode part) => part switch
    {
        EnumTypeDefinitionNode node => node.Values,
        EnumTypeExtensionNode node => node.Values,
        _ => [],
    };

    public static IEnumerable<InputValueDefinitionNode> InputFieldsOf(SyntaxNode part) => part switch
    {
        InputObjectTypeDefinitionNode node => node.Fields,
        InputObjectTypeExtensionNode node => node.Fields,
        _ => [],
    };

    /// <summary>The names of the fields of an object, interface or input object.</summary>
    public static IEnumerable<NameNode> FieldNamesOf(SyntaxNode part)
        => FieldsOf(part).Select(f => f.Name).Concat(InputFieldsOf(part).Select(f => f.Name));

    public static IEnumerable<DirectiveNode> DirectivesOf(SyntaxNode part) => part switch
    {
        TypeDefinitionNode node => node.Directives,
        TypeExtensionNode node => node.Directives,
        _ => [],
    };
}
