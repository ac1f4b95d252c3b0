using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Argument Uniqueness: a field or directive is given each argument at most once.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Argument-Uniqueness</remarks>
internal sealed class UniqueArgumentNamesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(FieldNode field) => CheckUnique(field.Arguments);

    public override void Enter(DirectiveNode directive) => CheckUnique(directive.Arguments);

    private void CheckUnique(IReadOnlyList<ArgumentNode> arguments)
    {
        if (arguments.Count < 2)
        {
            return;
        }

        foreach (var sameName in arguments.GroupBy(a => a.Name.Value).Where(g => g.Count() > 1))
        {
            context.Report(new GraphQLError($"There can be only one argument named \"{sameName.Key}\".")
            {
                Nodes = [.. sameName.Select(a => a.Name)],
            });
        }
    }
}
