using System.Text.Json;
using Apc.ControlPlane.Domain;
using Microsoft.Net.Http.Headers;

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

/// <summary>The response to requests that fail outside of any field because the database is not available.</summary>
public static partial class DatabaseOutageAnswer
{
    /// <summary>The header <c>Retry-After</c>: longer than a connection takes to come back, shorter than people wait.</summary>
    internal const string RetryAfterSeconds = "1";

    /// <summary>
    /// Answers 503 if the caller of a request cannot be determined because of an outage. Later failures are reported by the fields.
    /// </summary>
    public static IApplicationBuilder UseDatabaseOutageAnswer(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseOutage).FullName!);

        return app.Use(next => http =>
        {
            Task handled;

            try
            {
                handled = next(http);
            }
            catch (Exception e) when (DatabaseOutage.Is(e))
            {
                handled = Task.FromException(e);
            }

            return handled.IsCompletedSuccessfully ? handled : AnswerAsync(handled, http, logger);
        });
    }

    private static async Task AnswerAsync(Task handled, HttpContext http, ILogger logger)
    {
        try
        {
            await handled;
        }
        catch (Exception outage) when (!http.Response.HasStarted && DatabaseOutage.Explain(outage) is not null)
        {
            var (message, code) = DatabaseOutage.Explain(outage)!.Value;
            LogUnreachable(logger, outage.GetBaseException().Message);

            // Headers of the response that the request did not get.
            http.Response.Headers.Remove(HeaderNames.SetCookie);
            http.Response.Headers.Remove(HeaderNames.Location);
            http.Response.ContentLength = null;
            await http.WriteErrorAsync(StatusCodes.Status503ServiceUnavailable, message, code);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer, so that nobody can be told from anybody: {Reason}.")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
