using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Value-Completion")]
public class AbstractTypeTests
{
    private static readonly InterfaceType NamedInterface = new("Named", () => [new("name", Text)]);

    private static readonly ObjectType DogType = new(
        "Dog",
        () =>
        [
            Pure<Dog, string>("name", Text, d => d.Name),
            Pure<Dog, int>("barks", Int, d => d.Barks),
            Later("lateName", Text, async c => { await Task.Yield(); return ((Dog)c.Parent!).Name; }),
        ],
        interfaces: () => [NamedInterface],
        clrType: typeof(Dog));

    private static readonly ObjectType CatType = new(
        "Cat",
        () => [Pure<Cat, string>("name", Text, c => c.Name), Pure<Cat, int>("lives", Int, c => c.Lives)],
        interfaces: () => [NamedInterface],
        clrType: typeof(Cat));

    private static readonly UnionType PetUnion = new("Pet", () => [DogType, CatType]);

    private static readonly Schema Schema = new(
        Object(
            "Query",
            Now("pets", PetUnion.List(), _ => new Animal[] { new Dog("Rex", 3), new Cat("Tom", 9), new Puppy("Bit", 1) }),
            Now("named", NamedInterface.List(), _ => new Animal[] { new Dog("Rex", 3), new Cat("Tom", 9) }),
            Now("stranger", PetUnion, _ => new Fish("Nemo")),
            Now("requiredStranger", PetUnion.Required(), _ => new Fish("Nemo"))),
        types: [DogType, CatType]);

    [Fact]
    [SpecSection("sec-Value-Completion.Resolving-Abstract-Types")]
    [SpecSection("sec-Unions.Result-Coercion")]
    public async Task Answers_what_is_selected_of_the_objects_own_type() => Assert.Equal(
        """{"data":{"pets":[{"__typename":"Dog","name":"Rex","barks":3},{"__typename":"Cat","lives":9},{"__typename":"Dog","name":"Bit","barks":1}]}}""",
        await Run.Async(Schema, "{ pets { __typename ... on Dog { name barks } ... on Cat { lives } } }"));

    [Fact]
    [SpecSection("sec-Interfaces.Result-Coercion")]
    public async Task Applies_fragments_on_interfaces_and_unions() => Assert.Equal(
        """{"data":{"named":[{"name":"Rex","barks":3,"lateName":"Rex"},{"name":"Tom"}]}}""",
        await Run.Async(Schema, "{ named { ... on Named { name } ...F ... on Dog { lateName } } } fragment F on Pet { ... on Dog { barks } }"));

    [Fact]
    public async Task Answers_objects_of_which_nothing_is_selected() => Assert.Equal(
        """{"data":{"pets":[{"barks":3},{},{"barks":1}]}}""", await Run.Async(Schema, "{ pets { ... on Dog { barks } } }"));

    [Fact]
    public async Task Resolves_only_the_types_that_need_it() => Assert.Equal(
        """{"data":{"pets":[{"lateName":"Rex"},{"name":"Tom"},{"lateName":"Bit"}]}}""",
        await Run.Async(Schema, "{ pets { ... on Dog { lateName } ... on Cat { name } } }"));

    [Theory]
    [SpecSection("sec-Value-Completion.Resolving-Abstract-Types")]
    [SpecSection("sec-Unions.Result-Coercion")]
    [InlineData("{ stranger { ... on Dog { barks } } }", "stranger", """{"stranger":null}""")]
    [InlineData("{ stranger { ... on Dog { lateName } } }", "stranger", """{"stranger":null}""")]
    [InlineData("{ requiredStranger { ... on Dog { barks } } }", "requiredStranger", "null")]
    public async Task Fails_a_value_that_is_of_no_possible_type(string document, string field, string data)
    {
        var message =
            $"Abstract type \"Pet\" must resolve to an Object type at runtime for field \"Query.{field}\": no possible type stands for Fish.";

        Assert.Equal(Expect.Failed(data, Expect.Error(message, 3, field)), await Run.Async(Schema, document));
    }

    private abstract record Animal(string Name);

    private record Dog(string Name, int Barks) : Animal(Name);

    private sealed record Puppy(string Name, int Barks) : Dog(Name, Barks);

    private sealed record Cat(string Name, int Lives) : Animal(Name);

    private sealed record Fish(string Name) : Animal(Name);
}
