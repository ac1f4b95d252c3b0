using Apc.GraphQL.Sdl;

namespace Apc.GraphQL.Tests.Conformance.Validation;

[SpecSection("sec-Validation.Type-System-Evolution")]
public sealed class TypeSystemEvolutionTests
{
    [Theory]
    [InlineData("{ dog { name barkVolume } resident { ... on Dog { name } } }")]
    [InlineData("query ($f: PetFilter) { pets(filter: $f) { count } find(by: {name: \"x\"}) { __typename } }")]
    [InlineData("mutation { rename(pet: 1, name: \"Rex\") { ... on Animal { name } } }")]
    [InlineData("{ bird: __type(name: \"Bird\") { name } cat @onField { likes(treats: []) } }")]
    public void A_document_stays_valid_when_the_schema_only_gains(string document)
    {
        var grown = SdlSchemaBuilder.Extend(
            PetSchema.Schema,
            """
            extend type Query { fish(at: Int): Fish }
            type Fish implements Animal & Named { name: String ancestors: [Animal] depth(unit: Unit): Int }
            interface Named { name: String }
            extend type Dog implements Named { wagsTail: Boolean }
            extend type Cat { likesToo(food: [Food!]): Boolean }
            extend union Resident = Fish
            extend enum Species { FISH }
            extend input PetFilter { depth: Int }
            extend input Finder { depth: Int }
            enum Food { ALGAE }
            directive @deep on FIELD
            """);

        Assert.Empty(Judged.Against(PetSchema.Schema, document));
        Assert.Empty(Judged.Against(grown, document));
    }
}
