namespace Apc.GraphQL.AspNetCore.Playground;

/// <summary>What the playground offers.</summary>
public sealed class PlaygroundOptions
{
    /// <summary>The request that stands in the editor at first.</summary>
    public string Query { get; set; } = "{\n  __typename\n}\n";

    /// <summary>Path of the WebSocket endpoint that subscriptions go to.</summary>
    public string SubscriptionPath { get; set; } = "/ws";

    /// <summary>Path of a page where people get a token; empty for none.</summary>
    public string SignInPath { get; set; } = "";

    /// <summary>Whether the plain page is shown even where GraphiQL was built.</summary>
    public bool IsPlain { get; set; }
}
