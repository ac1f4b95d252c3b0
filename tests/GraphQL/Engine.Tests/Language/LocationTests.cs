using System.Collections;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Tests.Language;

public class LocationTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("abc", 2, 1, 3)]
    [InlineData("a\nb", 1, 1, 2)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\rb\n\rc", 5, 4, 1)]
    [InlineData("a\r\r\n\nb", 5, 4, 1)]
    [InlineData("😀a", 2, 1, 3)]
    [InlineData("a\u2028b", 2, 1, 3)]
    [InlineData("a\n", 2, 2, 1)]
    public void Counts_lines_and_columns_from_one(string text, int offset, int line, int column)
        => Assert.Equal(new SourceLocation(line, column), new Source(text).LocationOf(offset));

    [Fact]
    public void Gives_each_node_the_text_it_was_read_from()
    {
        const string Text = """
             # before
            "d" query Q($a: [Int!]! = [1, 2] @x) @y(z: $a) {
              b: c(d: {e: "f", g: 0.5e-1}) @h ...I ... on T { k, }
            }, # between
            fragment I on T { l(m: null n: true o: ENUM p: $a) }
            type T implements U & V @x { "d" q(r: S = 1 @x): [T] @x }
            extend union W = A | B
            extend enum E { F @x }
            input In { g: H = { i: 1 } }
            directive @x(a: B) repeatable on FIELD | QUERY
            schema @x { query: Q }
            # after
            """;

        Assert.Equal(
            [
                $"Document <{Text}>",
                "OperationDefinition <\"d\" query Q($a: [Int!]! = [1, 2] @x) @y(z: $a) {\n  b: c(d: {e: \"f\", g: 0.5e-1}) @h ...I ... on T { k, }\n}>",
                "StringValue <\"d\">",
                "Name <Q>",
                "VariableDefinition <$a: [Int!]! = [1, 2] @x>",
                "Variable <$a>",
                "Name <a>",
                "NonNullType <[Int!]!>",
                "ListType <[Int!]>",
                "NonNullType <Int!>",
                "NamedType <Int>",
                "Name <Int>",
                "ListValue <[1, 2]>",
                "IntValue <1>",
                "IntValue <2>",
                "Directive <@x>",
                "Name <x>",
                "Directive <@y(z: $a)>",
                "Name <y>",
                "Argument <z: $a>",
                "Name <z>",
                "Variable <$a>",
                "Name <a>",
                "SelectionSet <{\n  b: c(d: {e: \"f\", g: 0.5e-1}) @h ...I ... on T { k, }\n}>",
                "Field <b: c(d: {e: \"f\", g: 0.5e-1}) @h>",
                "Name <b>",
                "Name <c>",
                "Argument <d: {e: \"f\", g: 0.5e-1}>",
                "Name <d>",
                "ObjectValue <{e: \"f\", g: 0.5e-1}>",
                "ObjectField <e: \"f\">",
                "Name <e>",
                "StringValue <\"f\">",
                "ObjectField <g: 0.5e-1>",
                "Name <g>",
                "FloatValue <0.5e-1>",
                "Directive <@h>",
                "Name <h>",
                "FragmentSpread <...I>",
                "Name <I>",
                "InlineFragment <... on T { k, }>",
                "NamedType <T>",
                "Name <T>",
                "SelectionSet <{ k, }>",
                "Field <k>",
                "Name <k>",
                "FragmentDefinition <fragment I on T { l(m: null n: true o: ENUM p: $a) }>",
                "Name <I>",
                "NamedType <T>",
                "Name <T>",
                "SelectionSet <{ l(m: null n: true o: ENUM p: $a) }>",
                "Field <l(m: null n: true o: ENUM p: $a)>",
                "Name <l>",
                "Argument <m: null>",
                "Name <m>",
                "NullValue <null>",
                "Argument <n: true>",
                "Name <n>",
                "BooleanValue <true>",
                "Argument <o: ENUM>",
                "Name <o>",
                "EnumValue <ENUM>",
                "Argument <p: $a>",
                "Name <p>",
                "Variable <$a>",
                "Name <a>",
                "ObjectTypeDefinition <type T implements U & V @x { \"d\" q(r: S = 1 @x): [T] @x }>",
                "Name <T>",
                "NamedType <U>",
                "Name <U>",
                "NamedType <V>",
                "Name <V>",
                "Directive <@x>",
                "Name <x>",
                "FieldDefinition <\"d\" q(r: S = 1 @x): [T] @x>",
                "StringValue <\"d\">",
                "Name <q>",
                "InputValueDefinition <r: S = 1 @x>",
                "Name <r>",
                "NamedType <S>",
                "Name <S>",
                "IntValue <1>",
                "Directive <@x>",
                "Name <x>",
                "ListType <[T]>",
                "NamedType <T>",
                "Name <T>",
                "Directive <@x>",
                "Name <x>",
                "UnionTypeExtension <extend union W = A | B>",
                "Name <W>",
                "NamedType <A>",
                "Name <A>",
                "NamedType <B>",
                "Name <B>",
                "EnumTypeExtension <extend enum E { F @x }>",
                "Name <E>",
                "EnumValueDefinition <F @x>",
                "Name <F>",
                "Directive <@x>",
                "Name <x>",
                "InputObjectTypeDefinition <input In { g: H = { i: 1 } }>",
                "Name <In>",
                "InputValueDefinition <g: H = { i: 1 }>",
                "Name <g>",
                "NamedType <H>",
                "Name <H>",
                "ObjectValue <{ i: 1 }>",
                "ObjectField <i: 1>",
                "Name <i>",
                "IntValue <1>",
                "DirectiveDefinition <directive @x(a: B) repeatable on FIELD | QUERY>",
                "Name <x>",
                "InputValueDefinition <a: B>",
                "Name <a>",
                "NamedType <B>",
                "Name <B>",
                "Name <FIELD>",
                "Name <QUERY>",
                "SchemaDefinition <schema @x { query: Q }>",
                "Directive <@x>",
                "Name <x>",
                "OperationTypeDefinition <query: Q>",
                "NamedType <Q>",
                "Name <Q>",
            ],
            NodesOf(GraphQLParser.Parse(new Source(Text)))
                .Select(n => $"{n.Kind} <{Text[n.Location.Start..n.Location.End]}>"));
    }

    [Fact]
    public void The_kitchen_sink_holds_every_kind_of_node()
        => Assert.Equal(
            Enum.GetValues<SyntaxKind>(),
            NodesOf(GraphQLParser.Parse(new Source(KitchenSink.Text))).Select(n => n.Kind).Distinct().Order());

    // In the order of the text; a node stands before what it holds.
    private static IEnumerable<SyntaxNode> NodesOf(SyntaxNode node) => node.GetType().GetProperties()
        .Select(p => p.GetValue(node))
        .SelectMany(value => value is IEnumerable list and not string ? list.OfType<SyntaxNode>() : value is SyntaxNode child ? [child] : [])
        .SelectMany(NodesOf)
        .OrderBy(n => n.Location.Start)
        .ThenByDescending(n => n.Location.End)
        .Prepend(node);
}
