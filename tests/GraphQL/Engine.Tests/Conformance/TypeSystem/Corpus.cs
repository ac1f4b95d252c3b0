namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

/// <summary>Schemas as the printer lays them out. Together they use everything that the type system has.</summary>
public static class Corpus
{
    public static TheoryData<string> Names => [.. Texts.Keys];

    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["one field"] =
            """
            type Query {
              a: Int
            }

            """,
        ["roots of other names"] =
            """
            schema {
              query: Reads
              mutation: Writes
              subscription: Watches
            }

            type Reads {
              a: Int
            }

            type Writes {
              a: Int
            }

            type Watches {
              a: Int
            }

            type Query {
              isNoRoot: Boolean
            }

            """,
        ["keywords for names"] =
            """"
            directive @directive(on: Int, repeatable: Int) repeatable on FIELD | QUERY

            type Query {
              type: type
              query(input: input, enum: enum = query): interface
              null: Int
              true: Int
              fragment: union
            }

            type type {
              on: Int
            }

            input input {
              input: input
              extend: [enum] = [mutation, on]
            }

            enum enum {
              query
              mutation
              on
              type
            }

            interface interface {
              implements: Int
            }

            union union = type | Query

            scalar scalar @specifiedBy(url: "schema")

            """",
        ["interfaces of interfaces"] =
            """
            type Query {
              node(id: ID!): Node
              found: [Found!]!
            }

            interface Node {
              id: ID!
            }

            interface Named implements Node {
              id: ID!
              name(short: Boolean = false): String
            }

            interface Place implements Named & Node {
              id: ID!
              name(short: Boolean = false, upper: Boolean): String!
              neighbours: [Place]
            }

            type House implements Place & Named & Node {
              id: ID!
              name(short: Boolean = false, upper: Boolean): String!
              neighbours: [House!]
            }

            type Person implements Node {
              id: ID!
            }

            union Found = House | Person

            """,
        ["values of every kind"] =
            """
            directive @every(int: Int = -1, float: Float = 1.50, text: String = "a \"b\" \\ \n ü 😀", flag: Boolean! = true, nothing: Int = null, enum: Size! = LARGE, list: [[Int!]] = [[1, 2], [], null], one: [Int] = 1, object: Box = {sizes: [SMALL], inner: {width: 2.5e-3, inner: null}}, id: ID = "x", number: ID = 7, any: Any = {a: [1, "b", C, {d: true}], e: null}) on FIELD

            enum Size {
              SMALL
              LARGE
            }

            input Box {
              width: Float = 1
              sizes: [Size!]! = [SMALL, LARGE]
              inner: Box
            }

            scalar Any

            type Query {
              a(box: Box = {}, any: Any = 1): Int
            }

            """,
        ["deprecation"] =
            """
            directive @d(a: Int @deprecated(reason: "No one needs it."), b: Int) on FIELD

            type Query {
              a: Int @deprecated
              b(c: Int @deprecated, d: In = {} @deprecated(reason: "")): Int @deprecated(reason: "multi\nline \"quoted\"")
            }

            input In {
              a: Int @deprecated
              b: Int! = 1 @deprecated(reason: "x")
            }

            enum E {
              A
              B @deprecated
              C @deprecated(reason: "No longer supported.")
            }

            """,
        ["one of"] =
            """
            type Query {
              a(choice: Choice!, other: [Choice!]): Int
            }

            input Choice @oneOf {
              id: ID
              name: String @deprecated
              nested: Choice
            }

            """,
        ["descriptions"] =
            """"
            """The schema's."""
            schema {
              query: Query
            }

            """Of a directive."""
            directive @d(
              """Of an argument."""
              a: Int
              b: Int
            ) on FIELD

            """
            Of a type.

              Indented, with "quotes", \backslashes\ and `code`.
            """
            type Query {
              """Of a field."""
              a(
                """
                Of an argument,
                on two lines.
                """
                b: Int = 1 @deprecated

                """Last."""
                c: Int
              ): Int

              """
              ends with a quote"
              """
              d: E
            }

            """Of an enum."""
            enum E {
              """Of a value."""
              A
              B

              """Ünïcödé 😀"""
              C
            }

            """Of a union."""
            union U = Query

            """Of an interface."""
            interface I {
              a: Int
            }

            """Of an input."""
            input In {
              a: Int

              """Of a field."""
              b: Int
            }

            """Of a scalar."""
            scalar S

            """",
        ["every place of a directive"] =
            """
            directive @everywhere repeatable on QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION | SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | DIRECTIVE_DEFINITION

            type Query {
              a: Int
            }

            """,
        ["types that refer to each other"] =
            """
            type Query {
              self: Query!
              a: A
            }

            type A {
              b(c: C): [B!]
            }

            type B {
              a: A
              u: U
            }

            union U = A | B

            input C {
              d: D
              cs: [C!]!
            }

            input D {
              c: C = {cs: []}
            }

            """,
    };
}
