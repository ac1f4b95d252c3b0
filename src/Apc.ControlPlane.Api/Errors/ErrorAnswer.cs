using System.Text.Json;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Errors;

/// <summary>Refusals at paths that do not speak GraphQL, in the shape that they have there.</summary>
internal static class ErrorAnswer
{
    public static Task WriteErrorAsync(this HttpContext http, int status, DomainException refusal)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var body = new { errors = new[] { new { message = refusal.Message, extensions = new { code = refusal.Code } } } };
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), http.RequestAborted).AsTask();
    }
}
