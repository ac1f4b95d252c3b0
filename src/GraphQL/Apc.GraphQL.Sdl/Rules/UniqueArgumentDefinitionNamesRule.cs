using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A field or directive defines each argument once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Field-Arguments</remarks>
internal sealed class UniqueArgumentDefinitionNamesRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        switch (node)
        {
            case DirectiveDefinitionNode directive:
                Check($"@{directive.Name.Value}", directive.Arguments);
                break;
            case TypeDefinitionNode type:
                CheckFields(type.Name.Value, node);
                break;
            case TypeExtensionNode type:
                CheckFields(type.Name.Value, node);
                break;
        }
    }

    private void CheckFields(string type, SyntaxNode node)
    {
        foreach (var field in SdlDefinitions.FieldsOf(node))
        {
            Check($"{type}.{field.Name.Value}", field.Arguments);
        }
    }

    private void Check(string owner, IReadOnlyList<InputValueDefinitionNode> arguments)
    {
        foreach (var same in arguments.Select(a => a.Name).GroupBy(n => n.Value).Where(g => g.Count() > 1))
        {
            context.Report($"Argument \"{owner}({same.Key}:)\" can only be defined once.", [.. same]);
        }
    }
}
