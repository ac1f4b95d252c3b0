using Apc.GraphQL.Types;
using Apc.TestKit;
using PublicApiGenerator;

namespace Apc.GraphQL.Tests;

/// <summary>The engine's public surface is promised: a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_engine_promises_what_it_did()
        => Snapshot.Match(
            "Apc.GraphQL.txt", typeof(Schema).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
