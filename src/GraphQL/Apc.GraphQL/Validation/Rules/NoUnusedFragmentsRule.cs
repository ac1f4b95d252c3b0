using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragments Must Be Used: every fragment is spread by an operation, directly or through other fragments.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used</remarks>
internal sealed class NoUnusedFragmentsRule(ValidationContext context) : ValidationRule
{
    private readonly List<OperationDefinitionNode> _operations = [];
    private readonly List<FragmentDefinitionNode> _fragments = [];

    public override void Enter(OperationDefinitionNode operation) => _operations.Add(operation);

    public override void Enter(FragmentDefinitionNode fragment) => _fragments.Add(fragment);

    public override void Leave(DocumentNode document)
    {
        if (_fragments.Count == 0)
        {
            return;
        }

        var used = context.Fragments.ReachableFrom(_operations)
            .Select(fragment => fragment.Name.Value)
            .ToHashSet(StringComparer.Ordinal);

        foreach (var fragment in _fragments.Where(fragment => !used.Contains(fragment.Name.Value)))
        {
            context.Report(new GraphQLError($"Fragment \"{fragment.Name.Value}\" is never used.") { Nodes = [fragment] });
        }
    }
}
