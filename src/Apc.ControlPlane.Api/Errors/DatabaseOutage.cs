using Npgsql;

namespace Apc.ControlPlane.Api.Errors;

/// <summary>What callers are told while the database does not answer.</summary>
public static partial class DatabaseOutage
{
    /// <summary>The code of errors that will pass by themselves.</summary>
    public const string Code = "SERVICE_UNAVAILABLE";

    /// <summary>The text that goes with it.</summary>
    public const string Message = "The database does not answer. Try again in a moment.";

    private const string Body = $$$"""{"errors":[{"message":"{{{Message}}}","extensions":{"code":"{{{Code}}}"}}]}""";

    /// <summary>Whether it is the database's absence, and neither its refusal nor a fault of ours.</summary>
    public static bool Is(Exception exception)
        => exception is NpgsqlException unreachable and (not PostgresException or { IsTransient: true });

    /// <summary>
    /// Answers 503 where not even the caller of a request can be told for lack of a database. Once the caller is known, fields report the outage each at its path.
    /// </summary>
    public static IApplicationBuilder UseDatabaseOutageAnswer(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseOutage).FullName!);

        return app.Use(next => http =>
        {
            var handled = next(http);
            return handled.IsCompletedSuccessfully ? handled : AnswerAsync(handled, http, logger);
        });
    }

    private static async Task AnswerAsync(Task handled, HttpContext http, ILogger logger)
    {
        try
        {
            await handled;
        }
        catch (NpgsqlException outage) when (Is(outage) && !http.Response.HasStarted)
        {
            LogUnreachable(logger, outage);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.Headers.RetryAfter = "1";
            await http.Response.WriteAsync(Body, http.RequestAborted);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer, so that nobody can be told from anybody.")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);
}
