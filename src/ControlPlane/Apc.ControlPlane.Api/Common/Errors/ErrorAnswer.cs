using System.Text.Json;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>Refusals at paths that do not speak GraphQL, in the shape that they have there.</summary>
internal static class ErrorAnswer
{
    public static Task WriteErrorAsync(this HttpContext http, int status, DomainException refusal)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = DatabaseOutageAnswer.RetryAfterSeconds;
        }

        return http.Response.Body.WriteAsync(Json(refusal.Message, refusal.Code), http.RequestAborted).AsTask();
    }

    /// <summary>One error in the shape of a GraphQL response.</summary>
    public static byte[] Json(string message, string code)
        => JsonSerializer.SerializeToUtf8Bytes(new { errors = new[] { new { message, extensions = new { code } } } });
}
