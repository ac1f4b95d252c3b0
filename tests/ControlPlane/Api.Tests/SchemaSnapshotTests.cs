using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>The schema is promised to every client: a change of it is seen and meant.</summary>
public sealed class SchemaSnapshotTests(Installation api) : IClassFixture<Installation>
{
    private Schema Schema => api.Host.Services.GetRequiredService<GraphQLExecutor>().Schema;

    [Fact]
    public void The_schema_is_the_one_that_was_promised() => Snapshot.Match("schema.graphql", SchemaPrinter.Print(Schema));

    [Fact]
    public void Every_type_field_argument_and_enum_value_has_a_description()
        => Problems.AreNone(
            Schema.Types.Values.Where(IsOurs).SelectMany(Elements)
                .Where(e => string.IsNullOrWhiteSpace(e.Description)).Select(e => $"{e.Name} needs a <summary> or <param>."));

    // What the specification defines it describes itself.
    private static bool IsOurs(NamedType type) => !type.Name.StartsWith("__", StringComparison.Ordinal);

    private IEnumerable<(string Name, string? Description)> Elements(NamedType type)
        => Members(type).Select(m => ($"{type.Name}.{m.Name}", m.Description)).Prepend((type.Name, IsRoot(type) ? type.Name : type.Description));

    // The operation itself says what its root is.
    private bool IsRoot(NamedType type) => type == Schema.QueryType || type == Schema.MutationType || type == Schema.SubscriptionType;

    private static IEnumerable<(string Name, string? Description)> Members(NamedType type) => type switch
    {
        FieldedType fielded => fielded.Fields.Values.SelectMany(field => field.Arguments
            .Select(argument => ($"{field.Name}({argument.Name})", argument.Description))
            .Prepend((field.Name, field.Description))),
        InputObjectType input => input.Fields.Values.Select(field => (field.Name, field.Description)),
        EnumType choice => choice.Values.Values.Select(value => (value.Name, value.Description)),
        _ => [],
    };
}
