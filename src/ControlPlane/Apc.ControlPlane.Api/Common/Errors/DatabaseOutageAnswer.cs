using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>What requests are answered that fail outside of any field for lack of a database.</summary>
public static partial class DatabaseOutageAnswer
{
    /// <summary>When to try again: longer than a connection takes to come back, shorter than people wait.</summary>
    internal const string RetryAfterSeconds = "1";

    /// <summary>
    /// Answers 503 where not even the caller of a request can be told for lack of a database. Once the caller is known, fields report the outage each at its path.
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

            // They were meant for another answer.
            http.Response.Headers.Remove(HeaderNames.SetCookie);
            http.Response.Headers.Remove(HeaderNames.Location);
            http.Response.ContentLength = null;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            http.Response.Headers.CacheControl = "no-store";
            var body = new { errors = new[] { new { message, extensions = new { code } } } };
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), http.RequestAborted);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer, so that nobody can be told from anybody: {Reason}.")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
