using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>The part of a directive that is needed to check its uses, made from a schema or from the document itself.</summary>
internal sealed record SdlDirective(IReadOnlyList<string> Locations, bool IsRepeatable, IReadOnlyList<SdlArgument> Arguments)
{
    public static SdlDirective From(DirectiveDefinition directive) => new(
        [.. directive.Locations.Select(DirectiveLocations.NameOf)],
        directive.IsRepeatable,
        [.. directive.Arguments.Select(a => new SdlArgument(a.Name, a.Type.ToString()!, a.IsRequired))]);

    public static SdlDirective From(DirectiveDefinitionNode node) => new(
        [.. node.Locations.Select(l => l.Value)],
        node.IsRepeatable,
        [.. node.Arguments.Select(a => new SdlArgument(
            a.Name.Value, SyntaxPrinter.Print(a.Type), a.Type is NonNullTypeNode && a.DefaultValue is null))]);
}

/// <summary>An argument of a directive, with its type as a text.</summary>
internal sealed record SdlArgument(string Name, string Type, bool IsRequired);
