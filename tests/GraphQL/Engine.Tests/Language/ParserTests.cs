using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Language;

[SpecSection("sec-Language")]
public class ParserTests
{
    [Fact]
    public void Reads_an_operation_with_everything_that_it_may_have()
    {
        var document = Parse("""
            "Lists clusters."
            query Clusters("How many." $take: Int! = 25 @internal, $filter: [Filter!]) @cached(for: 60) {
              page: clusters(take: $take, filter: $filter) @include(if: true) { id }
            }
            """);

        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(document.Definitions));
        Assert.Equal(OperationType.Query, operation.Operation);
        Assert.Equal("Clusters", operation.Name?.Value);
        Assert.Equal("Lists clusters.", operation.Description?.Value);
        Assert.Equal(["cached"], operation.Directives.Select(d => d.Name.Value));

        Assert.Equal(2, operation.VariableDefinitions.Count);
        var take = operation.VariableDefinitions[0];
        Assert.Equal("take", take.Variable.Name.Value);
        Assert.Equal("How many.", take.Description?.Value);
        Assert.Equal("Int", Assert.IsType<NamedTypeNode>(Assert.IsType<NonNullTypeNode>(take.Type).Type).Name.Value);
        Assert.Equal("25", Assert.IsType<IntValueNode>(take.DefaultValue).Value);
        Assert.Equal(["internal"], take.Directives.Select(d => d.Name.Value));
        Assert.Null(operation.VariableDefinitions[1].DefaultValue);

        var page = Assert.IsType<FieldNode>(Assert.Single(operation.SelectionSet.Selections));
        Assert.Equal(("page", "clusters", "page"), (page.Alias?.Value, page.Name.Value, page.ResponseName));
        Assert.Equal(["take", "filter"], page.Arguments.Select(a => a.Name.Value));
        Assert.Equal("filter", Assert.IsType<VariableNode>(page.Arguments[1].Value).Name.Value);
        Assert.Equal(["include"], page.Directives.Select(d => d.Name.Value));

        var id = Assert.IsType<FieldNode>(Assert.Single(page.SelectionSet!.Selections));
        Assert.Equal("id", id.ResponseName);
        Assert.Null(id.Alias);
        Assert.Null(id.SelectionSet);
        Assert.Empty(id.Arguments);
        Assert.Empty(id.Directives);
    }

    [Theory]
    [InlineData("{ a }", OperationType.Query, null)]
    [InlineData("query { a }", OperationType.Query, null)]
    [InlineData("mutation M { a }", OperationType.Mutation, "M")]
    [InlineData("subscription S { a }", OperationType.Subscription, "S")]
    [InlineData("query query { a }", OperationType.Query, "query")]
    public void Tells_the_kinds_of_operations_apart(string text, OperationType kind, string? name)
    {
        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(Parse(text).Definitions));

        Assert.Equal((kind, name), (operation.Operation, operation.Name?.Value));
        Assert.Null(operation.Description);
    }

    [Fact]
    public void Reads_spreads_inline_fragments_and_fragment_definitions()
    {
        var document = Parse("""
            { ...onlyThis @a ... on Cluster @b { c } ... @d { e } ... { f } }
            "A part." fragment onlyThis on Deployment @g { h }
            """);

        var selections = Assert.IsType<OperationDefinitionNode>(document.Definitions[0]).SelectionSet.Selections;
        Assert.Equal("onlyThis", Assert.IsType<FragmentSpreadNode>(selections[0]).Name.Value);
        Assert.Equal(
            ["Cluster", null, null],
            selections.Skip(1).Select(s => Assert.IsType<InlineFragmentNode>(s).TypeCondition?.Name.Value));
        Assert.Equal(["a", "b", "d", null], selections.Select(s => s.Directives.SingleOrDefault()?.Name.Value));

        var fragment = Assert.IsType<FragmentDefinitionNode>(document.Definitions[1]);
        Assert.Equal(("onlyThis", "Deployment", "A part."), (fragment.Name.Value, fragment.TypeCondition.Name.Value, fragment.Description?.Value));
        Assert.Equal(["g"], fragment.Directives.Select(d => d.Name.Value));
    }

    [Fact]
    public void Takes_keywords_as_names_wherever_a_name_may_stand()
    {
        const string Text = """
            query on($query: fragment = true, $on: [null]) @mutation(type: on) {
              fragment: subscription(true: false, null: schema, on: $on) { ...fragment ... on on { true null false } }
            }
            fragment fragment on query { type input extend implements }
            """;

        Assert.Equal(2, Parse(Text).Definitions.Count);
    }

    [Fact]
    public void Reads_every_kind_of_value()
    {
        var list = Assert.IsType<ListValueNode>(GraphQLParser.ParseValue("""[$a 1 -2.5e3 "s" true false null RED [] {} {b: {c: [1]}}]"""));

        Assert.Equal(
            [
                SyntaxKind.Variable, SyntaxKind.IntValue, SyntaxKind.FloatValue, SyntaxKind.StringValue, SyntaxKind.BooleanValue,
                SyntaxKind.BooleanValue, SyntaxKind.NullValue, SyntaxKind.EnumValue, SyntaxKind.ListValue, SyntaxKind.ObjectValue,
                SyntaxKind.ObjectValue,
            ],
            list.Values.Select(v => v.Kind));
        Assert.Equal("-2.5e3", Assert.IsType<FloatValueNode>(list.Values[2]).Value);
        Assert.Equal([true, false], list.Values.OfType<BooleanValueNode>().Select(b => b.Value));
        Assert.Equal("RED", Assert.IsType<EnumValueNode>(list.Values[7]).Value);
        Assert.Equal(["b"], Assert.IsType<ObjectValueNode>(list.Values[10]).Fields.Select(f => f.Name.Value));
    }

    [Fact]
    public void Reads_lists_longer_than_any_buffer()
    {
        var list = Assert.IsType<ListValueNode>(GraphQLParser.ParseValue($"[{string.Join(' ', Enumerable.Range(0, 1000))}]"));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), list.Values.Select(v => ((IntValueNode)v).Value));
    }

    [Theory]
    [InlineData("Int")]
    [InlineData("Int!")]
    [InlineData("[Int]")]
    [InlineData("[[Int!]]!")]
    public void Reads_type_references(string text) => Assert.Equal(text, SyntaxPrinter.Print(GraphQLParser.ParseType($" {text} # end")));

    [Fact]
    public void Knows_every_directive_location_that_the_type_system_knows()
    {
        var locations = Enum.GetValues<DirectiveLocation>().Select(l => UpperSnakeCase.Of($"{l}")).ToList();

        var directive = Assert.IsType<DirectiveDefinitionNode>(
            Assert.Single(Parse($"directive @a on {string.Join(" | ", locations)}").Definitions));

        Assert.Equal(locations, directive.Locations.Select(l => l.Value));
    }

    [Fact]
    public void Refuses_nothing_to_read()
    {
        Assert.Throws<ArgumentNullException>(() => GraphQLParser.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => GraphQLParser.ParseValue(null!));
        Assert.Throws<ArgumentNullException>(() => GraphQLParser.ParseType(null!));
    }

    private static DocumentNode Parse(string text) => GraphQLParser.Parse(new Source(text));
}
