using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragment Name Uniqueness: no two fragments of a document have the same name.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness</remarks>
internal sealed class UniqueFragmentNamesRule(ValidationContext context) : ValidationRule
{
    private readonly FirstByName _fragments = new();

    public override void Enter(FragmentDefinitionNode fragment)
    {
        if (_fragments.FindOrAdd(fragment.Name) is { } first)
        {
            context.Report(new GraphQLError($"There can be only one fragment named \"{fragment.Name.Value}\".")
            {
                Nodes = [first, fragment.Name],
            });
        }
    }
}
