using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.CodeFirst;

[SpecSection("sec-Interfaces")]
[SpecSection("sec-Unions")]
public class AbstractTypesTests
{
    private static readonly Schema Zoo = SchemaBuilder.New()
        .AddType(typeof(ZooQueries)).AddType(typeof(NamedFields)).AddType(typeof(BearFields)).Build();

    [Fact]
    public void Builds_interfaces_unions_and_all_that_stands_behind_them() => Assert.Equal(
        """"
        type Query {
          animals: [Animal!]!
          swimmer(furry: Boolean!): Swimmer
          all: [Named!]!
        }

        interface Animal implements Named {
          name: String!
          age: Int
          weight: String

          """The name, so many times."""
          call(times: Int! = 1): String!
          letters: Int!
        }

        """Whatever has a name."""
        interface Named {
          """What it is called."""
          name: String!

          """The name, so many times."""
          call(times: Int! = 1): String!
          letters: Int!
        }

        """Whoever swims."""
        union Swimmer = Otter | Penguin

        type Otter implements Named {
          name: String!

          """The name, so many times."""
          call(times: Int! = 1): String!
          letters: Int!
        }

        type Penguin implements Animal & Named {
          name: String!
          age: Int
          weight: String
          mate: Penguin

          """The name, so many times."""
          call(times: Int! = 1): String!
          letters: Int!
        }

        type Bear implements Animal & Named {
          name: String!
          age: Int
          weight: String
          isAsleep: Boolean!
          call(times: Int! = 1): String!
          letters: Int!
        }

        type Keeper implements Named {
          name: String!

          """The name, so many times."""
          call(times: Int! = 1): String!
          letters: Int!
        }

        """",
        SchemaPrinter.Print(Zoo));

    [Fact]
    public async Task Answers_by_the_class_of_each_object() => Assert.Equal(
        """{"data":{"animals":[{"__typename":"Bear","name":"Balu","age":7,"isAsleep":true},{"__typename":"Penguin","name":"Pingu","age":null,"mate":{"name":"Pinga"}}]}}""",
        await LibraryRequest.AskAsync("{ animals { __typename name age ... on Bear { isAsleep } ... on Penguin { mate { name } } } }", schema: Zoo));

    [Theory]
    [InlineData("true", """{"swimmer":{"__typename":"Otter","letters":4}}""")]
    [InlineData("false", """{"swimmer":{"__typename":"Penguin","name":"Pingu"}}""")]
    public async Task Answers_members_of_a_union(string furry, string data) => Assert.Equal(
        Expect.Data(data),
        await LibraryRequest.AskAsync($"{{ swimmer(furry: {furry}) {{ __typename ... on Otter {{ letters }} ... on Animal {{ name }} }} }}", schema: Zoo));

    [Fact]
    public async Task Takes_the_fields_of_an_interfaces_extension_unless_the_class_has_its_own() => Assert.Equal(
        """{"data":{"all":[{"call":"KimKim","letters":3},{"call":"Balu growls 2","letters":4},{"call":"OttoOtto","letters":4}]}}""",
        await LibraryRequest.AskAsync("{ all { call(times: 2) letters } }", schema: Zoo));

    [Fact]
    public async Task Guards_the_properties_of_an_abstract_class_in_the_classes_that_derive_from_it() => Assert.Equal(
        """{"data":{"animals":[{"weight":null},{"weight":null}]}}""", await LibraryRequest.AskAsync("{ animals { weight } }", schema: Zoo));

    [Fact]
    public void Refuses_what_cannot_be_an_interface_or_a_union() => Assert.Equal(
        [
            "BrokenZoo.GetNotAbstract: NotAbstract is marked as an interface or union, which only C# interfaces and abstract classes are.",
            "IGuarded.Secret: a policy on an interface guards nothing. Write it on the classes.",
        ],
        Assert.Throws<SchemaException>(() => SchemaBuilder.New().AddType(typeof(BrokenZoo)).Build()).Problems.Order(StringComparer.Ordinal));
}
