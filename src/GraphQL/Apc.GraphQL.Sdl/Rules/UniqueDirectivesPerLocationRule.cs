using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>
/// A directive is used once at one location, unless it is repeatable. A type with its extensions is one location, as is the schema with its
/// extensions.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location</remarks>
internal sealed class UniqueDirectivesPerLocationRule(SdlContext context) : SdlRule
{
    private readonly Dictionary<(object Place, string Directive), DirectiveNode> _first = [];

    public override void Enter(SyntaxNode node)
    {
        switch (node)
        {
            case SchemaDefinitionNode schema:
                Check(SyntaxKind.SchemaDefinition, schema.Directives);
                break;
            case SchemaExtensionNode schema:
                Check(SyntaxKind.SchemaDefinition, schema.Directives);
                break;
            case TypeDefinitionNode type:
                Check(type.Name.Value, type.Directives);
                break;
            case TypeExtensionNode type:
                Check(type.Name.Value, type.Directives);
                break;
            case FieldDefinitionNode field:
                Check(field, field.Directives);
                break;
            case EnumValueDefinitionNode value:
                Check(value, value.Directives);
                break;
            case InputValueDefinitionNode value:
                Check(value, value.Directives);
                break;
        }
    }

    private void Check(object place, IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;

            if (context.FindDirective(name) is { IsRepeatable: false } && !_first.TryAdd((place, name), directive))
            {
                context.Report(
                    $"The directive \"@{name}\" can only be used once at this location.", _first[(place, name)], directive);
            }
        }
    }
}
