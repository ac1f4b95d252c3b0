using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>
/// The arguments of <c>@deprecated</c> and <c>@specifiedBy</c> that the schema uses are strings. Arguments of other directives do not
/// affect the schema and are not checked.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec--deprecated, #sec--specifiedBy</remarks>
internal sealed class BuiltInDirectiveArgumentsRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not ArgumentNode argument || context.Ancestors[^1] is not DirectiveNode directive)
        {
            return;
        }

        if ((directive.Name.Value, argument.Name.Value) is not (("deprecated", "reason") or ("specifiedBy", "url")))
        {
            return;
        }

        if (argument.Value is NullValueNode)
        {
            context.Report($"Argument \"{argument.Name.Value}\" of non-null type \"String!\" must not be null.", argument.Value);
        }
        else if (argument.Value is not StringValueNode)
        {
            context.Report(
                $"Argument \"{argument.Name.Value}\" has invalid value {SyntaxPrinter.Print(argument.Value)}.", argument.Value);
        }
    }
}
