using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Each directive is defined once. A document that does not extend a schema may define the built-in ones again.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives</remarks>
internal sealed class UniqueDirectiveNamesRule(SdlContext context) : SdlRule
{
    private readonly FirstByName _names = new();

    public override void Enter(SyntaxNode node)
    {
        if (node is not DirectiveDefinitionNode directive)
        {
            return;
        }

        var name = directive.Name.Value;

        if (context.Extended?.FindDirective(name) is not null)
        {
            context.Report($"Directive \"@{name}\" already exists in the schema. It cannot be redefined.", directive.Name);
        }
        else if (_names.FindOrAdd(directive.Name) is { } first)
        {
            context.Report($"There can be only one directive named \"@{name}\".", first, directive.Name);
        }
    }
}
