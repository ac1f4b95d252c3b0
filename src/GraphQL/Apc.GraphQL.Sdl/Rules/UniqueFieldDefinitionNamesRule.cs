using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>An object, interface or input object and its extensions define each field once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Objects.Type-Validation</remarks>
internal sealed class UniqueFieldDefinitionNamesRule(SdlContext context) : SdlRule
{
    private readonly FirstNames _names = new();

    public override void Enter(SyntaxNode node)
    {
        switch (node)
        {
            case ObjectTypeDefinitionNode or InterfaceTypeDefinitionNode or InputObjectTypeDefinitionNode:
                Check(((TypeDefinitionNode)node).Name.Value, SdlDefinitions.FieldNamesOf(node));
                break;
            case ObjectTypeExtensionNode or InterfaceTypeExtensionNode or InputObjectTypeExtensionNode:
                Check(((TypeExtensionNode)node).Name.Value, SdlDefinitions.FieldNamesOf(node));
                break;
        }
    }

    private void Check(string type, IEnumerable<NameNode> fields)
    {
        foreach (var name in fields)
        {
            if (Exists(type, name.Value))
            {
                context.Report(
                    $"Field \"{type}.{name.Value}\" already exists in the schema. "
                    + "It cannot also be defined in this type extension.",
                    name);
            }
            else if (_names.FindOrAdd(type, name) is { } first)
            {
                context.Report($"Field \"{type}.{name.Value}\" can only be defined once.", first, name);
            }
        }
    }

    private bool Exists(string type, string field) => context.FindExtended(type) switch
    {
        FieldedType fielded => fielded.Fields.ContainsKey(field),
        InputObjectType input => input.Fields.ContainsKey(field),
        _ => false,
    };
}
