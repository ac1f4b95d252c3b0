using Apc.GraphQL.Playground;
using Apc.TestKit;
using PublicApiGenerator;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>What the wire and the playground promise: a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(GraphQLServerOptions))]
    [InlineData(typeof(PlaygroundBundle))]
    public void An_assembly_promises_what_it_did(Type inside) => Snapshot.Match(
        $"{inside.Assembly.GetName().Name}.txt",
        inside.Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
