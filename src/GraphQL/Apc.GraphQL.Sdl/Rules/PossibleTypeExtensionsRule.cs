using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>An extended type exists and is of the extension's kind.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-Extensions</remarks>
internal sealed class PossibleTypeExtensionsRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not TypeExtensionNode extension)
        {
            return;
        }

        var name = extension.Name.Value;
        var definition = context.DefinedTypes.GetValueOrDefault(name);
        var kind = KindOf(extension.Kind);

        if ((definition is null ? KindOf(context.FindExtended(name)) : KindOf(definition.Kind)) is not { } actual)
        {
            IEnumerable<string> known = [.. context.DefinedTypes.Keys, .. context.ExtendedNames];
            context.Report(
                $"Cannot extend type \"{name}\" because it is not defined.{DidYouMean.Text(name, known.Distinct())}", extension.Name);
        }
        else if (actual != kind)
        {
            context.Report($"Cannot extend non-{kind} type \"{name}\".", definition is null ? [extension] : [definition, extension]);
        }
    }

    private static string KindOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.ScalarTypeDefinition or SyntaxKind.ScalarTypeExtension => "scalar",
        SyntaxKind.ObjectTypeDefinition or SyntaxKind.ObjectTypeExtension => "object",
        SyntaxKind.InterfaceTypeDefinition or SyntaxKind.InterfaceTypeExtension => "interface",
        SyntaxKind.UnionTypeDefinition or SyntaxKind.UnionTypeExtension => "union",
        SyntaxKind.EnumTypeDefinition or SyntaxKind.EnumTypeExtension => "enum",
        _ => "input object",
    };

    private static string? KindOf(NamedType? type) => type switch
    {
        ScalarType => "scalar",
        ObjectType => "object",
        InterfaceType => "interface",
        UnionType => "union",
        EnumType => "enum",
        InputObjectType => "input object",
        _ => null,
    };
}
