using Apc.ControlPlane.Api.Common.Errors;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Repeats database work after transient failures (a restart, a fail-over, a deadlock), for about half a minute.</summary>
/// <remarks>The work must be repeatable without harm: it is not known whether a lost connection had committed.</remarks>
public sealed partial class DatabaseRetries
{
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger<DatabaseRetries> _logger;

    public DatabaseRetries(TimeProvider clock, ILogger<DatabaseRetries> logger)
    {
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && MayPass(e)),
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(2),
                UseJitter = true,
                MaxRetryAttempts = 18,
                OnRetry = args =>
                {
                    LogRetry(args.AttemptNumber + 1, args.Outcome.Exception!.GetBaseException().Message);
                    return default;
                },
            })
            .Build();
    }

    /// <exception cref="NpgsqlException">It failed for a lasting reason, or for too long.</exception>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        => await _pipeline.ExecuteAsync(async (work, token) => await work(token), work, cancellationToken);

    private static bool MayPass(Exception exception) => exception switch
    {
        // A standby that is about to become the primary, or an administrator's pause.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,

        // A cluster was deregistered between two statements about it.
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => true,
        NpgsqlException npgsql => npgsql.IsTransient,
        _ => DatabaseOutage.Is(exception),
    };

    [LoggerMessage(LogLevel.Warning, "The database failed ({Reason}); attempt {Attempt} to do the same again follows.")]
    private partial void LogRetry(int attempt, string reason);
}
