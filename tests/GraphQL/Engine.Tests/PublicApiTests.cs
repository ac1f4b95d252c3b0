using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.TestKit;
using PublicApiGenerator;

namespace Apc.GraphQL.Tests;

/// <summary>The engine's public surface is promised: a change of it is seen and meant.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(Schema))]
    [InlineData(typeof(SchemaPrinter))]
    public void An_assembly_promises_what_it_did(Type inside) => Snapshot.Match(
        $"{inside.Assembly.GetName().Name}.txt",
        inside.Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
