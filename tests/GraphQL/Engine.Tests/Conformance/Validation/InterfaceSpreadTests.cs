using Apc.GraphQL.Sdl;

namespace Apc.GraphQL.Tests.Conformance.Validation;

[SpecSection("sec-Abstract-Spreads-in-Abstract-Scope.Interface-Spreads-in-Implemented-Interface-Scope")]
public sealed class InterfaceSpreadTests
{
    private const string Interfaces =
        """
        type Query { node: Node resource: Resource other: Other }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        interface Other { id: ID! }
        """;

    private const string Objects = "type Image implements Resource & Node { id: ID! url: String } type Lonely implements Other { id: ID! }";

    [Theory]
    [InlineData("{ node { ... on Resource { url } } }")]
    [InlineData("{ resource { ... on Node { id } ...F } } fragment F on Node { ... on Resource { url } }")]
    public void Accepts_an_interface_in_one_that_it_implements_and_the_reverse(string document)
        => Assert.Empty(Judged.Against(SdlSchemaBuilder.FromSdl(Interfaces + Objects), document));

    [Theory]
    [InlineData(Interfaces + Objects, "Other")]
    [InlineData(Interfaces, "Resource")]
    public void Rejects_interfaces_that_no_object_has_in_common(string sdl, string other) => Assert.Equal(
        [$"Fragment cannot be spread here as objects of type \"Node\" can never be of type \"{other}\". (1:10)"],
        Judged.Against(SdlSchemaBuilder.FromSdl(sdl), $"{{ node {{ ... on {other} {{ id }} }} }}"));
}
