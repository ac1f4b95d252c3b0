using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Every used directive is defined and allowed at its location.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives</remarks>
internal sealed class KnownDirectivesRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not DirectiveNode directive)
        {
            return;
        }

        var name = directive.Name.Value;

        if (context.FindDirective(name) is not { } known)
        {
            context.Report($"Unknown directive \"@{name}\".", directive);
        }
        else if (LocationOf(context.Ancestors[^1].Kind, context.Ancestors[^2]) is var location && !known.Locations.Contains(location))
        {
            context.Report($"Directive \"@{name}\" may not be used on {location}.", directive);
        }
    }

    private static string LocationOf(SyntaxKind kind, SyntaxNode around) => kind switch
    {
        SyntaxKind.SchemaDefinition or SyntaxKind.SchemaExtension => "SCHEMA",
        SyntaxKind.ScalarTypeDefinition or SyntaxKind.ScalarTypeExtension => "SCALAR",
        SyntaxKind.ObjectTypeDefinition or SyntaxKind.ObjectTypeExtension => "OBJECT",
        SyntaxKind.FieldDefinition => "FIELD_DEFINITION",
        SyntaxKind.InterfaceTypeDefinition or SyntaxKind.InterfaceTypeExtension => "INTERFACE",
        SyntaxKind.UnionTypeDefinition or SyntaxKind.UnionTypeExtension => "UNION",
        SyntaxKind.EnumTypeDefinition or SyntaxKind.EnumTypeExtension => "ENUM",
        SyntaxKind.EnumValueDefinition => "ENUM_VALUE",
        SyntaxKind.InputObjectTypeDefinition or SyntaxKind.InputObjectTypeExtension => "INPUT_OBJECT",
        // An input value: a field of an input object or an argument.
        _ => around is InputObjectTypeDefinitionNode or InputObjectTypeExtensionNode ? "INPUT_FIELD_DEFINITION" : "ARGUMENT_DEFINITION",
    };
}
