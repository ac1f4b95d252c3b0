using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>
/// Listens to the database for changes of permissions and tokens by any replica, and then has this replica forget its look-ups of tokens.
/// While the connection is lost, look-ups still end after <see cref="TokenVerifier.BelievedFor"/>.
/// </summary>
public sealed partial class AccessChanges(
    ControlPlaneDataSources dataSources, TokenVerifier verifier, TimeProvider clock, ILogger<AccessChanges> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isLost = false;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var listening = await ListeningConnection.OpenAsync(
                    dataSources.Listening, ControlPlaneDataSources.AccessListenerName, [Channels.Access], stoppingToken);
                isLost = false;
                verifier.ForgetAll();
                await ListenAsync(listening, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // One line for each outage, not for each attempt.
                if (!isLost)
                {
                    LogLost(e);
                    isLost = true;
                }

                await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(ListeningConnection listening, CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await listening.WaitAsync(LookEvery, cancellationToken)).Count > 0)
            {
                verifier.ForgetAll();
                continue;
            }

            // Only a statement reveals a connection that was lost silently.
            await using var look = listening.Connection.CreateCommand();
            look.CommandText = ServerSql.Ping;
            await look.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Changes of access are no longer heard of at once but within a second; it is tried again.")]
    private partial void LogLost(Exception e);
}
