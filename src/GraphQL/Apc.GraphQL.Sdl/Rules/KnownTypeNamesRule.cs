using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Every referenced type is defined in the document, built in, or defined in the extended schema.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-References</remarks>
internal sealed class KnownTypeNamesRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not NamedTypeNode reference)
        {
            return;
        }

        var name = reference.Name.Value;

        if (context.DefinedTypes.ContainsKey(name) || BuiltInScalars.Find(name) is not null || context.FindExtended(name) is not null)
        {
            return;
        }

        IEnumerable<string> known =
            [.. BuiltInScalars.All.Select(s => s.Name), .. context.ExtendedNames, .. context.DefinedTypes.Keys];
        context.Report($"Unknown type \"{name}\".{DidYouMean.Text(name, known.Distinct())}", reference);
    }
}
