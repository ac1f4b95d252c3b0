using System.Globalization;
using System.Net.Http.Json;
using Apc.Benchmarks.Read;
using Npgsql;

namespace Apc.Benchmarks.Sweep;

/// <summary>
/// Sweeps of a host that serves, over simulated data planes of which some hang, each beside a bare loop over the same data planes of which none
/// hangs; simulator, host and PostgreSQL on the same machine.
/// </summary>
internal static class SweepBenchmark
{
    private const int LatencyMs = 20;
    private const double HungFraction = 0.01;

    // Long enough for a sweep with hung probes, and for a bare loop before the next one.
    private const string Schedule = "0/30 * * * * ?";

    private const string Progress =
        """
        select extract(epoch from clock_timestamp() - r."startedAt")::float8, count(o."clusterId")
        from houston$default."ClusterSyncRun" r
        left join houston$default."ClusterObservation" o on o."runId" = r.id and o."observedAt" = o."attemptedAt"
        where r.outcome = 'RUNNING' group by r.id
        """;

    // DataPlanes:TotalTimeout, after which a hung probe is given up.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(int clusters, int rounds)
    {
        await using var database = await BenchmarkDatabase.StartAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var simulatorUrl = ReadBenchmark.FreeUrl();
        await using var simulator = await ServerUnderTest.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "Apc.DataPlaneSimulator.dll"), simulatorUrl, "/control/defaults", "--urls", simulatorUrl.AbsoluteUri);
        await FillAsync(database, clusters, simulatorUrl);
        await SetAsync(simulatorUrl, 0);
        await BareSweep.RunAsync(source);

        var hostUrl = ReadBenchmark.FreeUrl();
        await using var host = await ServerUnderTest.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "Apc.ControlPlane.Api.dll"), hostUrl, "/v1/healthz", "serve", "--urls", hostUrl.AbsoluteUri,
            $"--ConnectionStrings:ControlPlane={database.ConnectionString}", "--DataPlanes:AllowHttp=true", "--DataPlanes:AllowLoopback=true",
            "--Serilog:MinimumLevel:Default=Warning", $"--Houston:SyncDataplaneClusters:Schedule={Schedule}");

        // The host's first sweep compiles its code; it is not counted.
        await SweepAsync(source);
        Console.WriteLine("| round | bare loop s | healthy stored s | ratio | last hung began s | whole s | after its deadline s | peak MB |");
        Console.WriteLine("| --: | --: | --: | --: | --: | --: | --: | --: |");

        for (var round = 1; round <= rounds; round++)
        {
            await SetAsync(simulatorUrl, 0);
            await ForgetAsync(database);
            var bare = await BareSweep.RunAsync(source);
            await SetAsync(simulatorUrl, HungFraction);
            await ForgetAsync(database);
            Console.WriteLine(await MeasureAsync(round, database, source, bare, host));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(int round, BenchmarkDatabase database, NpgsqlDataSource source, TimeSpan bare, ServerUnderTest host)
    {
        var progress = await SweepAsync(source);

        // Of the moments at which the stored answers were counted, the first at which none was missing.
        var healthy = progress.First(p => p.Answered == progress.Max(q => q.Answered)).Seconds;
        var lastHung = await SecondsAsync(
            database,
            """select extract(epoch from max(o."attemptedAt") - max(r."startedAt"))::float8 from houston$default."ClusterObservation" o join houston$default."ClusterSyncRun" r on r.id = o."runId" where o."observedAt" is distinct from o."attemptedAt" """)
            - Deadline.TotalSeconds;
        var whole = await SecondsAsync(
            database, """select extract(epoch from "endedAt" - "startedAt")::float8 from houston$default."ClusterSyncRun" order by "dueAt" desc limit 1""");

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {bare.TotalSeconds:0.00} | {healthy:0.00} | {healthy / bare.TotalSeconds:0.00} | {lastHung:0.00} | {whole:0.00} | {whole - lastHung - Deadline.TotalSeconds:0.00} | {host.Memory.Peak} |");
    }

    /// <summary>Waits for the next sweep, and counts what it has stored until it ends.</summary>
    /// <returns>At moments since its start, the number of clusters whose answer is stored.</returns>
    private static async Task<List<(double Seconds, long Answered)>> SweepAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Progress, connection);
        List<(double, long)> progress = [];

        while (true)
        {
            await using (var reader = await command.ExecuteReaderAsync())
            {
                if (await reader.ReadAsync())
                {
                    progress.Add((reader.GetDouble(0), reader.GetInt64(1)));
                }
                else if (progress.Count > 0)
                {
                    return progress;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static Task FillAsync(BenchmarkDatabase database, int clusters, Uri simulator) => database.ExecuteAsync(
        $"""
        insert into houston$default."Cluster" (id, name, status, "payloadHash", "metadataUrl", "dataplaneUrl", config, "createdAt", "updatedAt", "statusChangedAt")
        select md5('sweep ' || i)::uuid, 'cluster-' || i, 'ACTIVE', 0, '{simulator.AbsoluteUri}clusters/cluster-' || i, 'dp', json_build_object('deployments', json_build_object('padding', repeat('x', 3000))), now(), now(), now()
        from generate_series(1, {clusters.ToString(CultureInfo.InvariantCulture)}) i;
        alter table houston$default."Cluster" set (autovacuum_enabled = off);
        alter table houston$default."ClusterObservation" set (autovacuum_enabled = off);
        insert into houston$default."ClusterObservation" ("clusterId", number) select id, 0 from houston$default."Cluster";
        analyze
        """);

    /// <summary>As if every answer were news: every record is written again, by both.</summary>
    private static async Task ForgetAsync(BenchmarkDatabase database)
    {
        await database.ExecuteAsync("""update houston$default."Cluster" set status = 'ACTIVE', "payloadHash" = 0""");
        await database.ExecuteAsync("""update houston$default."ClusterObservation" set "observedAt" = null, "attemptedAt" = null, "runId" = null""");
        await database.ExecuteAsync("vacuum");
    }

    private static async Task SetAsync(Uri simulator, double hungFraction)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        using var response = await http.PutAsJsonAsync("/control/defaults", new { latencyMs = LatencyMs, hungFraction });
        response.EnsureSuccessStatusCode();
    }

    private static async Task<double> SecondsAsync(BenchmarkDatabase database, string sql) => (await database.QueryAsync<double>(sql))[0];
}
