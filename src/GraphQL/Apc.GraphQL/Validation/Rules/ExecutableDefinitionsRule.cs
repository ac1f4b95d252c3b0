using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Executable Definitions: a document that is executed contains only operations and fragments.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Executable-Definitions</remarks>
internal sealed class ExecutableDefinitionsRule(ValidationContext context) : ValidationRule
{
    public override void Enter(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is not ExecutableDefinitionNode)
            {
                context.Report(new GraphQLError($"The {NameOf(definition)} definition is not executable.") { Nodes = [definition] });
            }
        }
    }

    private static string NameOf(DefinitionNode definition) => definition switch
    {
        TypeDefinitionNode type => $"\"{type.Name.Value}\"",
        TypeExtensionNode type => $"\"{type.Name.Value}\"",
        DirectiveDefinitionNode directive => $"\"{directive.Name.Value}\"",
        _ => "schema",
    };
}
