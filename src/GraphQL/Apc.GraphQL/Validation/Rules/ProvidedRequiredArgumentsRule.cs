using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Required Arguments: every argument with a non-null type and without default is given.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Required-Arguments</remarks>
internal sealed class ProvidedRequiredArgumentsRule(ValidationContext context) : ValidationRule
{
    // In Leave, so that errors inside the field come first.
    public override void Leave(FieldNode field)
    {
        if (context.Types.Field is { } definition)
        {
            Check(definition.Arguments, field.Arguments, field, "Field", definition.Name);
        }
    }

    public override void Leave(DirectiveNode directive)
    {
        if (context.Types.Directive is { } definition)
        {
            Check(definition.Arguments, directive.Arguments, directive, "Directive", "@" + definition.Name);
        }
    }

    private void Check(
        IReadOnlyList<InputValueDefinition> known, IReadOnlyList<ArgumentNode> given, SyntaxNode place, string what, string name)
    {
        for (var i = 0; i < known.Count; i++)
        {
            var argument = known[i];

            if (argument.IsRequired && !IsGiven(given, argument.Name))
            {
                context.Report(new GraphQLError(
                    $"{what} \"{name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.")
                {
                    Nodes = [place],
                });
            }
        }
    }

    private static bool IsGiven(IReadOnlyList<ArgumentNode> arguments, string name)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }
}
