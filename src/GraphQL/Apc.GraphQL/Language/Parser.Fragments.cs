using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Fragments and fragment spreads.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Language.Fragments</remarks>
internal ref partial struct Parser
{
    /// <summary>
    /// FragmentSpread : ... FragmentName Directives?
    /// InlineFragment : ... TypeCondition? Directives? SelectionSet
    /// TypeCondition : on NamedType
    /// </summary>
    private SelectionNode ParseFragment()
    {
        var start = Position;
        Expect(TokenKind.Spread);

        if (NextIsName && !NextIsKeyword("on"))
        {
            return new FragmentSpreadNode(name: ParseName(), directives: ParseDirectives(), location: From(start));
        }

        return new InlineFragmentNode(
            typeCondition: TryExpectKeyword("on") ? ParseNamedType() : null,
            directives: ParseDirectives(),
            selectionSet: ParseSelectionSet(),
            location: From(start));
    }

    /// <summary>FragmentDefinition : Description? fragment FragmentName TypeCondition Directives? SelectionSet</summary>
    private FragmentDefinitionNode ParseFragmentDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        ExpectKeyword("fragment");
        var name = ParseFragmentName();
        ExpectKeyword("on");
        return new FragmentDefinitionNode(
            name: name,
            typeCondition: ParseNamedType(),
            directives: ParseDirectives(),
            selectionSet: ParseSelectionSet(),
            location: From(start))
        {
            Description = description,
        };
    }

    /// <summary>FragmentName : Name but not `on`</summary>
    private NameNode ParseFragmentName() => NextValueIs("on") ? throw Unexpected(_next) : ParseName();
}
