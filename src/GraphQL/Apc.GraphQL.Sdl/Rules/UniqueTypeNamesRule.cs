using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Each type is defined once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema</remarks>
internal sealed class UniqueTypeNamesRule(SdlContext context) : SdlRule
{
    private readonly FirstByName _names = new();

    public override void Enter(SyntaxNode node)
    {
        if (node is not TypeDefinitionNode type)
        {
            return;
        }

        var name = type.Name.Value;

        if (context.Extended?.FindType(name) is not null)
        {
            context.Report(
                $"Type \"{name}\" already exists in the schema. It cannot also be defined in this type definition.", type.Name);
        }
        else if (_names.FindOrAdd(type.Name) is { } first)
        {
            context.Report($"There can be only one type named \"{name}\".", first, type.Name);
        }
    }
}
