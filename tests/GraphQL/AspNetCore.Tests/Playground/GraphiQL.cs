using Apc.GraphQL.Playground;

namespace Apc.GraphQL.AspNetCore.Tests.Playground;

/// <summary>Whether the build made GraphiQL.</summary>
internal static class GraphiQL
{
    public static void SkipUnlessBuilt()
        => Assert.SkipWhen(PlaygroundBundle.Built is null, "GraphiQL was not built: there was no Node 20.19 or newer, or no npm registry.");
}
