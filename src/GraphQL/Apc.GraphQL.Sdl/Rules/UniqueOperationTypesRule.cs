using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A schema and its extensions have at most one root type for each kind of operation.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Root-Operation-Types</remarks>
internal sealed class UniqueOperationTypesRule(SdlContext context) : SdlRule
{
    private readonly Dictionary<OperationType, OperationTypeDefinitionNode> _first = [];

    public override void Enter(SyntaxNode node)
    {
        var roots = node switch
        {
            SchemaDefinitionNode schema => schema.OperationTypes,
            SchemaExtensionNode schema => schema.OperationTypes,
            _ => [],
        };

        foreach (var root in roots)
        {
            var operation = OperationTypes.WordOf(root.Operation);

            if (context.Extended?.RootType(root.Operation) is not null)
            {
                context.Report($"Type for {operation} already defined in the schema. It cannot be redefined.", root);
            }
            else if (!_first.TryAdd(root.Operation, root))
            {
                context.Report($"There can be only one {operation} type in schema.", _first[root.Operation], root);
            }
        }
    }
}
