using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>An enum and its extensions define each value once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Enums.Type-Validation</remarks>
internal sealed class UniqueEnumValueNamesRule(SdlContext context) : SdlRule
{
    private readonly FirstNames _names = new();

    public override void Enter(SyntaxNode node)
    {
        switch (node)
        {
            case EnumTypeDefinitionNode type:
                Check(type.Name.Value, type.Values);
                break;
            case EnumTypeExtensionNode type:
                Check(type.Name.Value, type.Values);
                break;
        }
    }

    private void Check(string type, IReadOnlyList<EnumValueDefinitionNode> values)
    {
        var existing = context.FindExtended(type) as EnumType;

        foreach (var name in values.Select(v => v.Name))
        {
            if (existing?.Values.ContainsKey(name.Value) is true)
            {
                context.Report(
                    $"Enum value \"{type}.{name.Value}\" already exists in the schema. "
                    + "It cannot also be defined in this type extension.",
                    name);
            }
            else if (_names.FindOrAdd(type, name) is { } first)
            {
                context.Report($"Enum value \"{type}.{name.Value}\" can only be defined once.", first, name);
            }
        }
    }
}
