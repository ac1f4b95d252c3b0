using System.Net.Sockets;
using Apc.GraphQL.Errors;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>
/// Distinguishes temporary failures of the database from its refusals and from bugs. Looks at all inner exceptions, because a lost
/// connection may be reported by the driver, by EF, or by the socket.
/// </summary>
public static class DatabaseOutage
{
    /// <summary>The code of temporary failures.</summary>
    public const string Code = "SERVICE_UNAVAILABLE";

    public const string Message = "The database does not answer. Try again in a moment.";

    private const string TooLong = "The database took too long. Ask for less, or try again.";
    private const string ReadOnly = "The database takes no changes at the moment. Try again in a moment.";

    // SQLSTATEs without a constant in the driver.
    private const string IdleInTransactionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";

    // Parts of the stack traces of exceptions: the commit of a transaction, and any method of the driver.
    private const string Commit = "NpgsqlTransaction.Commit";
    private const string DriverFrame = " Npgsql.Npgsql";
    private const string InnerDriverFrame = " Npgsql.Internal.";

    // Aggregates can be wide, and chains of causes can be circular.
    private const int MaxCauses = 32;

    /// <summary>Whether the exception is a temporary failure of the database.</summary>
    public static bool Is(Exception exception) => Explain(exception) is not null;

    /// <summary>The error for callers; null if the exception is no temporary failure of the database.</summary>
    public static (string Message, string Code)? Explain(Exception exception)
    {
        foreach (var cause in CausesOf(exception))
        {
            // The server's own answer decides, whatever exceptions surround it.
            if (cause is PostgresException { SqlState: var state } answer)
            {
                return Explain(state, answer.Routine);
            }
        }

        if (CausesOf(exception).Any(IsLostConnection))
        {
            return (Message, Code);
        }

        // A read that timed out here. Time-outs of HTTP calls come with a cancellation.
        return CausesOf(exception).Any(cause => cause is TimeoutException)
            && !CausesOf(exception).Any(cause => cause is OperationCanceledException or HttpRequestException)
                ? (TooLong, ErrorCodes.Timeout)
                : null;
    }

    /// <summary>Whether the failure happened during a commit, so that it is unknown whether the transaction was committed.</summary>
    public static bool IsUnsure(Exception exception)
        => CausesOf(exception).Any(cause => cause is not PostgresException { InvariantSeverity: "ERROR" }
            && cause.StackTrace?.Contains(Commit, StringComparison.Ordinal) == true);

    /// <summary>
    /// The error for an SQLSTATE of <see href="https://www.postgresql.org/docs/current/errcodes-appendix.html"/>; null for a refusal or a
    /// bug.
    /// </summary>
    private static (string Message, string Code)? Explain(string state, string? routine) => state switch
    {
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or TransactionTimeout => (TooLong, ErrorCodes.Timeout),
        PostgresErrorCodes.ReadOnlySqlTransaction => (ReadOnly, Code),
        PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.StatementCompletionUnknown
            or PostgresErrorCodes.InFailedSqlTransaction
            or IdleInTransactionTimeout
            or PostgresErrorCodes.InvalidCatalogName => (Message, Code),

        // A pooler or a fail-over lost prepared statements; a migration by a newer replica changed their result types.
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement => (Message, Code),
        PostgresErrorCodes.FeatureNotSupported when routine == "RevalidateCachedQuery" => (Message, Code),

        // Classes: connections, authorization, resources, operator intervention, system errors, internal errors.
        _ when state.Length == 5 && state[..2] is "08" or "28" or "53" or "57" or "58" or "XX" => (Message, Code),
        _ => null,
    };

    /// <summary>Whether a connection broke, was refused, or was used after that.</summary>
    private static bool IsLostConnection(Exception cause) => cause switch
    {
        NpgsqlException => true,

        // A transaction or connection that ended during its use: which of these the driver throws depends on the moment.
        InvalidOperationException or IOException or SocketException or NullReferenceException => cause.StackTrace is { } stack
            && (stack.Contains(DriverFrame, StringComparison.Ordinal) || stack.Contains(InnerDriverFrame, StringComparison.Ordinal)),
        _ => false,
    };

    private static IEnumerable<Exception> CausesOf(Exception exception)
    {
        var waiting = new Queue<Exception>([exception]);

        for (var i = 0; i < MaxCauses && waiting.TryDequeue(out var cause); i++)
        {
            yield return cause;

            IEnumerable<Exception> inner = cause is AggregateException all ? all.InnerExceptions
                : cause.InnerException is { } one ? [one]
                : [];

            foreach (var next in inner)
            {
                waiting.Enqueue(next);
            }
        }
    }
}
