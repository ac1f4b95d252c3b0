namespace Apc.GraphQL.AspNetCore.Playground;

/// <summary>Options of the playground.</summary>
public sealed class PlaygroundOptions
{
    /// <summary>The initial request in the editor.</summary>
    public string Query { get; set; } = "{\n  __typename\n}\n";

    /// <summary>Path of the WebSocket endpoint for subscriptions.</summary>
    public string SubscriptionPath { get; set; } = "/ws";

    /// <summary>Path of a page where users get a token; empty for none.</summary>
    public string SignInPath { get; set; } = "";

    /// <summary>Whether the plain page is shown although GraphiQL was built.</summary>
    public bool IsPlain { get; set; }
}
