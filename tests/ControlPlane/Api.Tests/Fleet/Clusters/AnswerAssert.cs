using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Compares whole answers.</summary>
internal static class AnswerAssert
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer came with 200, and its body is this JSON to the last character but for blanks.</summary>
    public static void Is(string expected, GraphQLAnswer answer)
    {
        Assert.Equal(Compact(expected), answer.Body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    /// <summary>The answer's only root field was refused.</summary>
    public static void Refuses(string field, string message, string code, GraphQLAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        var location = body.RootElement.TryGetProperty("errors", out var errors) && errors[0].TryGetProperty("locations", out var places)
            ? places[0].GetRawText()
            : "null";

        Is(
            $$"""
            {"errors":[{"message":{{JsonSerializer.Serialize(message, Plain)}},"locations":[{{location}}],"path":["{{field}}"],
              "extensions":{"code":"{{code}}"} }],"data":{"{{field}}":null} }
            """,
            answer);
    }

    /// <summary>The JSON without blanks between its tokens.</summary>
    public static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString(Plain);
}
