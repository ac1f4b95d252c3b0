using System.Net.Sockets;
using Apc.GraphQL.Errors;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>
/// Tells the database's trouble, which will pass, from its refusals and from faults of ours: the one place that does. Whatever carries the news counts, since a
/// lost connection comes to light in the driver, in EF, or in the socket below.
/// </summary>
public static class DatabaseOutage
{
    /// <summary>The code of errors that will pass by themselves.</summary>
    public const string Code = "SERVICE_UNAVAILABLE";

    /// <summary>The text that goes with it.</summary>
    public const string Message = "The database does not answer. Try again in a moment.";

    private const string TooLong = "The database took too long. Ask for less, or try again.";
    private const string ReadOnly = "The database takes no changes at the moment. Try again in a moment.";

    // States that the driver has no names for.
    private const string IdleInTransactionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";

    // What the driver calls the end of a transaction, in the stacks of its exceptions.
    private const string Commit = "NpgsqlTransaction.Commit";
    private const string DriverFrame = " Npgsql.Npgsql";
    private const string InnerDriverFrame = " Npgsql.Internal.";

    // Aggregates can be wide, and chains can be made to go round.
    private const int MaxCauses = 32;

    /// <summary>Whether it is the database's trouble, and neither its refusal nor a fault of ours.</summary>
    public static bool Is(Exception exception) => Explain(exception) is not null;

    /// <summary>What callers are told of the database's trouble; null where the exception is something else.</summary>
    public static (string Message, string Code)? Explain(Exception exception)
    {
        foreach (var cause in CausesOf(exception))
        {
            // What the server itself says is the truth; everything around it is only how it was heard.
            if (cause is PostgresException { SqlState: var state } answer)
            {
                return Explain(state, answer.Routine);
            }
        }

        if (CausesOf(exception).Any(IsLostConnection))
        {
            return (Message, Code);
        }

        // A read that was given up here; what other parties' clients give up they call a cancellation.
        return CausesOf(exception).Any(cause => cause is TimeoutException) && !CausesOf(exception).Any(IsElsewhere) ? (TooLong, ErrorCodes.Timeout) : null;
    }

    /// <summary>Whether the trouble came while a transaction was being committed, so that nobody knows whether it was.</summary>
    public static bool IsUnsure(Exception exception)
        => CausesOf(exception).Any(cause
            => cause is not PostgresException { InvariantSeverity: "ERROR" } && cause.StackTrace?.Contains(Commit, StringComparison.Ordinal) == true);

    /// <summary>What a state of <see href="https://www.postgresql.org/docs/current/errcodes-appendix.html"/> means for callers; null for a refusal, or a fault of ours.</summary>
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

        // A pooler in between, or a fail-over, has lost what was prepared; a migration of a newer replica has changed what was planned.
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement => (Message, Code),
        PostgresErrorCodes.FeatureNotSupported when routine == "RevalidateCachedQuery" => (Message, Code),

        // Connections, sign-ins, resources, operators, the system below, and the server's own faults.
        _ when state.Length == 5 && state[..2] is "08" or "28" or "53" or "57" or "58" or "XX" => (Message, Code),
        _ => null,
    };

    /// <summary>Whether a connection broke, was refused, or was used after that.</summary>
    private static bool IsLostConnection(Exception cause) => cause switch
    {
        NpgsqlException => true,

        // A transaction or connection that ended under the hands of its user: what of it is found gone, and by whom, is chance.
        InvalidOperationException or IOException or SocketException or NullReferenceException => ComesFromDriver(cause),
        _ => false,
    };

    private static bool ComesFromDriver(Exception cause)
        => cause.StackTrace is { } stack && (stack.Contains(DriverFrame, StringComparison.Ordinal) || stack.Contains(InnerDriverFrame, StringComparison.Ordinal));

    private static bool IsElsewhere(Exception cause) => cause is OperationCanceledException or HttpRequestException;

    private static IEnumerable<Exception> CausesOf(Exception exception)
    {
        var waiting = new Queue<Exception>([exception]);

        for (var i = 0; i < MaxCauses && waiting.TryDequeue(out var cause); i++)
        {
            yield return cause;

            foreach (var inner in cause is AggregateException all ? (IEnumerable<Exception>)all.InnerExceptions : cause.InnerException is { } one ? [one] : [])
            {
                waiting.Enqueue(inner);
            }
        }
    }
}
