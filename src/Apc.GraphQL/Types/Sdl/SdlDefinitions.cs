using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Sdl;

/// <summary>The definitions and extensions of a document, sorted.</summary>
internal sealed class SdlDefinitions
{
    public SdlDefinitions(DocumentNode document)
    {
        Types = [.. document.Definitions.OfType<TypeDefinitionNode>()];
        Directives = [.. document.Definitions.OfType<DirectiveDefinitionNode>()];
        Extensions = document.Definitions.OfType<TypeExtensionNode>().ToLookup(e => e.Name.Value);
        Schemas = [.. document.Definitions.OfType<SchemaDefinitionNode>()];
        OperationTypes =
        [
            .. Schemas.SelectMany(s => s.OperationTypes),
            .. document.Definitions.OfType<SchemaExtensionNode>().SelectMany(e => e.OperationTypes),
        ];
    }

    public IReadOnlyList<TypeDefinitionNode> Types { get; }

    public IReadOnlyList<DirectiveDefinitionNode> Directives { get; }

    public ILookup<string, TypeExtensionNode> Extensions { get; }

    public IReadOnlyList<SchemaDefinitionNode> Schemas { get; }

    /// <summary>The schema definition, or null.</summary>
    public SchemaDefinitionNode? Schema => Schemas.Count > 0 ? Schemas[0] : null;

    /// <summary>The root types of the schema definition and its extensions.</summary>
    public IReadOnlyList<OperationTypeDefinitionNode> OperationTypes { get; }

    public IEnumerable<NamedTypeNode> InterfacesOf(TypeDefinitionNode type)
        => Parts(type).SelectMany(part => part switch
        {
            ObjectTypeDefinitionNode node => node.Interfaces,
            ObjectTypeExtensionNode node => node.Interfaces,
            InterfaceTypeDefinitionNode node => node.Interfaces,
            InterfaceTypeExtensionNode node => node.Interfaces,
            _ => [],
        });

    public IEnumerable<FieldDefinitionNode> FieldsOf(TypeDefinitionNode type)
        => Parts(type).SelectMany(part => part switch
        {
            ObjectTypeDefinitionNode node => node.Fields,
            ObjectTypeExtensionNode node => node.Fields,
            InterfaceTypeDefinitionNode node => node.Fields,
            InterfaceTypeExtensionNode node => node.Fields,
            _ => [],
        });

    public IEnumerable<NamedTypeNode> MembersOf(TypeDefinitionNode type)
        => Parts(type).SelectMany(part => part switch
        {
            UnionTypeDefinitionNode node => node.Types,
            UnionTypeExtensionNode node => node.Types,
            _ => [],
        });

    public IEnumerable<EnumValueDefinitionNode> ValuesOf(TypeDefinitionNode type)
        => Parts(type).SelectMany(part => part switch
        {
            EnumTypeDefinitionNode node => node.Values,
            EnumTypeExtensionNode node => node.Values,
            _ => [],
        });

    public IEnumerable<InputValueDefinitionNode> InputFieldsOf(TypeDefinitionNode type)
        => Parts(type).SelectMany(part => part switch
        {
            InputObjectTypeDefinitionNode node => node.Fields,
            InputObjectTypeExtensionNode node => node.Fields,
            _ => [],
        });

    public IEnumerable<DirectiveNode> DirectivesOf(TypeDefinitionNode type)
        => [.. type.Directives, .. Extensions[type.Name.Value].SelectMany(e => e.Directives)];

    private IEnumerable<SyntaxNode> Parts(TypeDefinitionNode type) => [type, .. Extensions[type.Name.Value]];
}
