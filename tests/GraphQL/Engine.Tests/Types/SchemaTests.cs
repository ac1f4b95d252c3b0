using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types;

[SpecSection("sec-Schema")]
public class SchemaTests
{
    private static readonly Schema Pets = SdlSchemaBuilder.FromSdl(PetSchema.Sdl);

    private static CompositeType Type(string name) => (CompositeType)Pets.Types[name];

    [Fact]
    public void Lists_types_in_the_order_given_and_others_behind_the_first_that_mentions_them()
    {
        var leaf = new ObjectType("Leaf", () => [new("id", BuiltInScalars.Id)]);
        var argument = new InputObjectType("Argument", () => [new("flag", BuiltInScalars.Boolean)]);
        var query = new ObjectType("Query", () => [new("leaf", leaf) { Arguments = [new("by", argument)] }]);
        var last = new ObjectType("Last", () => [new("text", BuiltInScalars.String)]);

        Assert.Equal(
            ["Leaf", "ID", "Last", "String", "Query", "Argument", "Boolean"],
            new Schema(query, types: [leaf, last]).Types.Keys.Where(name => !name.StartsWith("__", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Dog", "Dog")]
    [InlineData("Pet", "Dog,Cat")]
    [InlineData("Animal", "Dog,Cat,Bird")]
    [InlineData("Resident", "Dog,Cat,Keeper")]
    public void Knows_the_possible_types(string name, string possible)
        => Assert.Equal(possible.Split(','), Pets.PossibleTypes(Type(name)).Select(t => t.Name));

    [Theory]
    [InlineData("Pet", "Dog", true)]
    [InlineData("Pet", "Bird", false)]
    [InlineData("Animal", "Pet", true)]
    [InlineData("Pet", "Animal", false)]
    [InlineData("Resident", "Keeper", true)]
    [InlineData("Resident", "Pet", false)]
    public void Knows_which_types_are_narrower(string super, string sub, bool isSubType)
        => Assert.Equal(isSubType, Pets.IsSubType(Type(super), Type(sub)));

    [Theory]
    [InlineData("Query", "pet", "Pet")]
    [InlineData("Query", "__schema", "__Schema!")]
    [InlineData("Query", "__type", "__Type")]
    [InlineData("Dog", "__typename", "String!")]
    [InlineData("Resident", "__typename", "String!")]
    [InlineData("Dog", "__schema", null)]
    [InlineData("Resident", "name", null)]
    [InlineData("Query", "unknown", null)]
    public void Finds_fields_and_meta_fields(string type, string field, string? fieldType)
        => Assert.Equal(fieldType, Pets.FindField(Type(type), field)?.Type.ToString());

    [Fact]
    public void Knows_nothing_of_names_that_are_not_there()
    {
        Assert.Null(Pets.FindType("Unicorn"));
        Assert.Null(Pets.FindDirective("magic"));
        Assert.NotNull(Pets.FindDirective("skip"));
    }
}
