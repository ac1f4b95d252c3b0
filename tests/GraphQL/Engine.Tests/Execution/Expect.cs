using System.Text.Json;
using System.Text.Json.Nodes;

namespace Apc.GraphQL.Tests.Execution;

/// <summary>Whole responses, as text.</summary>
internal static class Expect
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Data(string data) => $"{{\"data\":{data}}}";

    /// <summary>A response with data and errors.</summary>
    public static string Failed(string data, params string[] errors) => $"{{\"errors\":[{string.Join(',', errors)}],\"data\":{data}}}";

    /// <summary>A response without data.</summary>
    public static string Refused(params string[] errors) => $"{{\"errors\":[{string.Join(',', errors)}]}}";

    /// <summary>An error of a field that is the service's fault.</summary>
    public static string Error(string message, int column, params object[] path) => Error(message, "INTERNAL_SERVER_ERROR", [(1, column)], path);

    /// <summary>An error of a field whose exception was masked.</summary>
    public static string Masked(int column, params object[] path) => Error("Internal error", column, path);

    /// <summary>Any error.</summary>
    public static string Error(string message, string code, (int Line, int Column)[] places, object[]? path = null)
    {
        var locations = string.Join(',', places.Select(p => $"{{\"line\":{p.Line},\"column\":{p.Column}}}"));
        var members = new List<string> { $"\"message\":{JsonValue.Create(message)!.ToJsonString(Plain)}" };

        if (places.Length > 0)
        {
            members.Add($"\"locations\":[{locations}]");
        }

        if (path is not null)
        {
            members.Add($"\"path\":[{string.Join(',', path.Select(step => step is string name ? $"\"{name}\"" : step.ToString()))}]");
        }

        return $"{{{string.Join(',', members)},\"extensions\":{{\"code\":\"{code}\"}}}}";
    }
}
