using System.Text.Json;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>Errors at paths other than GraphQL, in the shape of a GraphQL response.</summary>
internal static class ErrorAnswer
{
    public static Task WriteErrorAsync(this HttpContext http, int status, DomainException refusal)
        => http.WriteErrorAsync(status, refusal.Message, refusal.Code);

    public static Task WriteErrorAsync(this HttpContext http, int status, string message, string code)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = DatabaseOutageAnswer.RetryAfterSeconds;
        }

        return http.Response.Body.WriteAsync(Json(message, code), http.RequestAborted).AsTask();
    }

    /// <summary>A response with one error.</summary>
    public static byte[] Json(string message, string code)
        => JsonSerializer.SerializeToUtf8Bytes(new { errors = new[] { new { message, extensions = new { code } } } });
}
