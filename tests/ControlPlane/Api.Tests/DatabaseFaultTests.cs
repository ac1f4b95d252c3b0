using System.Diagnostics;
using System.Net;
using System.Text;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Data;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Every root field of the schema, and every path beside it, while a real database is locked, cut off, restarted, read-only or full: told as an outage or a
/// time-out and never as a fault of the service, and all is well when it is over.
/// </summary>
public sealed class DatabaseFaultTests : IAsyncLifetime
{
    private const int Callers = 12;

    // They have minutes, for data planes that take long, and repeat what the database refused meanwhile.
    private static readonly string[] Patient = ["Query.reconcileClusterMetadataJob", "Mutation.reconcileClusterMetadataJob"];

    // What tells callers apart.
    private static readonly string[] TokenTables = ["User", "Email", "UserToken", "RoleBinding", "TeamUser", "CustomRole"];

    private readonly PostgresServer _server = PostgresServer.Private();
    private readonly Cluster _cluster = TestClusters.Make("one");
    private PostgresDatabase _database = null!;
    private ApiHost _host = null!;
    private SchemaCalls _calls = null!;
    private HttpClient _http = null!;
    private string _token = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Name => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;

    public async ValueTask InitializeAsync()
    {
        // A server of its own: it is killed.
        await _server.InitializeAsync();
        _database = new PostgresDatabase(_server);
        await _database.InitializeAsync();
        _host = await ApiHost.StartAsync(
            _database,
            clock: null,
            "Houston:PublicSignups=true",
            "Houston:EmailConfirmation=false",
            "GraphQL:Timeout=00:00:03",
            "Database:ReadTimeout=00:00:01",
            "Database:ConnectTimeout=00:00:02",
            "Serilog:MinimumLevel:Default=Error");
        _token = await SchemaCalls.StoreAsync(_database, _cluster, _host.Services.GetRequiredService<TokenIssuer>(), TimeProvider.System.GetUtcNow(), Stop);

        // The server of the tests promises nothing of what was written a moment ago.
        await _database.ExecuteAsync("CHECKPOINT", Stop);
        using var anonymous = _host.Anonymous;
        _calls = await SchemaCalls.ReadAsync(anonymous, _cluster.Id, Stop);
        _http = new HttpClient { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _database.DataSources.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Locked_tables_are_an_outage_or_a_time_out_within_the_time_of_a_request(bool withThoseOfTokens)
    {
        var tables = await _database.QueryAsync<string>(
            $"select tablename::text from pg_tables where schemaname = '{HoustonNames.Schema}' and tablename <> '__EFMigrationsHistory'", Stop);
        var locked = tables.Where(table => withThoseOfTokens || !TokenTables.Contains(table)).Select(table => $"{HoustonNames.Schema}.\"{table}\"");
        await using var connection = await AloneAsync();
        await using (var transaction = await connection.BeginTransactionAsync(Stop))
        {
            await using var command = new NpgsqlCommand($"LOCK TABLE {string.Join(", ", locked)} IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync(Stop);

            await CallAllAsync(atMost: TimeSpan.FromSeconds(20));
            await transaction.RollbackAsync(Stop);
        }

        await RecoverAsync();
    }

    [Fact]
    public async Task Connections_that_are_cut_in_the_middle_are_an_outage()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var cutting = CutAsync(over.Token);

        for (var round = 0; round < 3; round++)
        {
            await CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        }

        await over.CancelAsync();
        await cutting;
        await RecoverAsync();
    }

    [Fact]
    public async Task A_server_that_is_gone_and_comes_back_is_an_outage()
    {
        var calling = CallAllAsync(atMost: TimeSpan.FromSeconds(30));

        // Immediate shutdown; it is started again by those who look after it.
        using (var quit = Process.Start("kill", ["-QUIT", $"{_server.ProcessId}"]))
        {
            await quit.WaitForExitAsync(Stop);
        }

        await calling;
        await RecoverAsync();
    }

    [Fact]
    public async Task A_database_that_takes_no_changes_is_an_outage_to_those_who_make_some()
    {
        await using (var connection = await AloneAsync())
        {
            await RunAsync(connection, $"ALTER DATABASE {Name} SET default_transaction_read_only = on");
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }

        await CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        var made = await SendAsync("""{"query":"mutation { createWorkspace(label: \"w\") { id } }"}""");
        Assert.Contains("The database takes no changes at the moment.", made.Body, StringComparison.Ordinal);

        await using (var connection = await AloneAsync())
        {
            await RunAsync(connection, $"ALTER DATABASE {Name} RESET default_transaction_read_only");
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }

        await RecoverAsync();
    }

    [Fact]
    public async Task A_server_without_room_for_another_connection_is_an_outage()
    {
        var taken = new List<NpgsqlConnection>();

        try
        {
            await using (var cutter = await AloneAsync())
            {
                while (await TryOpenAsync() is { } connection)
                {
                    taken.Add(connection);
                }

                await RunAsync(cutter, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'apc-control-plane%'");

                while (await TryOpenAsync() is { } connection)
                {
                    taken.Add(connection);
                }
            }

            await CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        }
        finally
        {
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }

        await RecoverAsync();
    }

    private async Task<NpgsqlConnection?> TryOpenAsync()
    {
        try
        {
            return await AloneAsync();
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        await using var connection = await AloneAsync();

        while (!cancellationToken.IsCancellationRequested)
        {
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }
    }

    /// <summary>Every root field and every other path, several at a time.</summary>
    private async Task CallAllAsync(TimeSpan atMost)
    {
        var problems = new List<string>();
        var requests = new[] { "Query", "Mutation" }.SelectMany(_calls.Of)
            .Where(call => !Patient.Contains(call.Name))
            .Select(call => (call.Name, Send: (Func<Task<(HttpStatusCode, string, bool)>>)(() => SendAsync(SchemaCalls.Body(call)))))
            .Concat(Paths());

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Stop }, async (request, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            var (status, body, hasRetryAfter) = await request.Send();
            var took = Stopwatch.GetElapsedTime(began);

            if (Problem(status, body, hasRetryAfter) is { } problem || (took > atMost && (problem = $"took {took}") is not null))
            {
                lock (problems)
                {
                    problems.Add($"{request.Name}: {problem}");
                }
            }
        });

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(30)));
    }

    private IEnumerable<(string Name, Func<Task<(HttpStatusCode, string, bool)>> Send)> Paths()
    {
        yield return ("gate", () => SendAsync(null, HttpMethod.Get, "/v1/authorization"));
        yield return ("session", () => SendAsync("{}", HttpMethod.Post, "/v1/session"));
        yield return ("oauth token", () => SendAsync("""{"code":"none"}""", HttpMethod.Post, "/v1/oauth/token"));
        yield return ("readiness", () => SendAsync(null, HttpMethod.Get, "/v1/readyz"));
        yield return ("liveness", () => SendAsync(null, HttpMethod.Get, "/v1/healthz"));
        yield return ("GET", () => SendAsync(null, HttpMethod.Get, "/v1?query={self{user{id}}}"));
        yield return ("event stream", () => SendAsync("""{"query":"subscription { clusterStatusChanged { __typename } }"}""", HttpMethod.Post, "/v1", "text/event-stream", leaves: true));
        yield return ("socket", ConnectAsync);
    }

    private async Task<(HttpStatusCode, string, bool)> ConnectAsync()
    {
        using var socket = await _host.ConnectAsync("graphql-transport-ws");
        await socket.SendAsync($$$"""{"type":"connection_init","payload":{"Authorization":"{{{_token}}}"}}""");
        return (HttpStatusCode.OK, "{}", false);
    }

    /// <summary>What is wrong with an answer; null for a value, a refusal, an outage or a time-out.</summary>
    private static string? Problem(HttpStatusCode status, string body, bool hasRetryAfter)
    {
        if (status is HttpStatusCode.NoContent)
        {
            return null;
        }

        if (body.Length == 0 && status is not HttpStatusCode.OK)
        {
            return $"{status} without a body";
        }

        if ((int)status >= 500 && status is not HttpStatusCode.ServiceUnavailable)
        {
            return $"{status} {body}";
        }

        if (body.Contains("INTERNAL_SERVER_ERROR", StringComparison.Ordinal))
        {
            return body;
        }

        return status is HttpStatusCode.ServiceUnavailable && body.Contains("errors", StringComparison.Ordinal) && !hasRetryAfter ? "503 without Retry-After" : null;
    }

    private Task<(HttpStatusCode Status, string Body, bool HasRetryAfter)> SendAsync(string body) => SendAsync(body, HttpMethod.Post, "/v1");

    private async Task<(HttpStatusCode Status, string Body, bool HasRetryAfter)> SendAsync(
        string? body, HttpMethod method, string path, string accept = "application/json", bool leaves = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", _token);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var text = leaves && response.IsSuccessStatusCode ? "{}" : await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text, response.Headers.RetryAfter is not null);
    }

    /// <summary>Waits until the service is well again, and sees that everything that reads and something that writes works.</summary>
    private async Task RecoverAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        while (true)
        {
            var (_, answer, _) = await SendAsync("""{"query":"{ paginatedClusters { count } sysWorkspaces { id } }"}""");

            if (!answer.Contains("errors", StringComparison.Ordinal))
            {
                break;
            }

            Assert.False(patience.IsCancellationRequested, answer);
        }

        var label = Guid.NewGuid();
        var made = await SendAsync($$"""{"query":"mutation { createWorkspace(label: \"{{label}}\") { label } }"}""");
        Assert.Equal($$$$"""{"data":{"createWorkspace":{"label":"{{{{label}}}}"}}}""", made.Body);
        var problems = new List<string>();

        foreach (var call in _calls.Of("Query").Where(call => !Patient.Contains(call.Name)))
        {
            // A connection of the pool that was cut is found out by whoever uses it next, once.
            for (var attempt = 1; ; attempt++)
            {
                var (_, body, _) = await SendAsync(SchemaCalls.Body(call));

                if (!body.Contains("SERVICE_UNAVAILABLE", StringComparison.Ordinal) && !body.Contains("TIMEOUT", StringComparison.Ordinal))
                {
                    break;
                }

                if (attempt == Callers)
                {
                    problems.Add($"{call.Name}: {body}");
                    break;
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(10)));
    }

    private async Task<NpgsqlConnection> AloneAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "test",
            Options = "-c default_transaction_read_only=off",
        }.ConnectionString);
        await connection.OpenAsync(Stop);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
