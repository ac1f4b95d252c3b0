using System.Globalization;
using System.Net.Http.Json;
using Apc.Benchmarks.Read;
using Npgsql;

namespace Apc.Benchmarks.Sweep;

/// <summary>
/// One sweep of the command <c>reconcile</c> over simulated data planes of which some hang, beside a bare loop over the same data planes of which none
/// hangs; simulator, host and PostgreSQL on the same machine.
/// </summary>
internal static class SweepBenchmark
{
    private const int LatencyMs = 20;
    private const double HungFraction = 0.01;

    // DataPlanes:TotalTimeout, after which a hung probe is given up.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(int clusters, int rounds)
    {
        await using var database = await BenchmarkDatabase.StartAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var url = ReadBenchmark.FreeUrl();
        await using var simulator = await ServerUnderTest.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "Apc.DataPlaneSimulator.dll"), url, "/control/defaults", "--urls", url.AbsoluteUri);
        await FillAsync(database, clusters, url);
        await SetAsync(url, 0);
        await BareSweep.RunAsync(source);

        Console.WriteLine("| round | bare loop s | healthy stored s | ratio | last hung began s | whole s | after its deadline s | round trips per 100 | peak MB |");
        Console.WriteLine("| --: | --: | --: | --: | --: | --: | --: | --: | --: |");

        for (var round = 1; round <= rounds; round++)
        {
            await SetAsync(url, 0);
            await ForgetAsync(database);
            var bare = await BareSweep.RunAsync(source);
            await SetAsync(url, HungFraction);
            await ForgetAsync(database);
            Console.WriteLine(await MeasureAsync(round, database, bare, clusters));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(int round, BenchmarkDatabase database, TimeSpan bare, int clusters)
    {
        var before = await TransactionsAsync(database);
        var peak = await ReconcileAsync(database);
        var transactions = await TransactionsAsync(database) - before;

        // The run's own row tells the times: a probe that was answered carries the time of its answer, and its chunk follows within 250 ms.
        var healthy = await SecondsAsync(database, """select extract(epoch from max(o."observedAt") - max(r."startedAt"))::float8 from houston$default."ClusterObservation" o join houston$default."ClusterSyncRun" r on r.id = o."runId" where o."observedAt" = o."attemptedAt" """);
        var lastHung = await SecondsAsync(database, $"""select coalesce(extract(epoch from max(o."attemptedAt") - max(r."startedAt"))::float8, 0) - {Deadline.TotalSeconds.ToString(CultureInfo.InvariantCulture)} from houston$default."ClusterObservation" o join houston$default."ClusterSyncRun" r on r.id = o."runId" where o."observedAt" is distinct from o."attemptedAt" """);
        var whole = await SecondsAsync(database, """select extract(epoch from "endedAt" - "startedAt")::float8 from houston$default."ClusterSyncRun" order by "dueAt" desc limit 1""");
        const double ChunkDelay = 0.25;

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {bare.TotalSeconds:0.00} | {healthy + ChunkDelay:0.00} | {(healthy + ChunkDelay) / bare.TotalSeconds:0.00} | {lastHung:0.00} | {whole:0.00} | {whole - lastHung - Deadline.TotalSeconds:0.00} | {transactions * 100.0 / clusters:0.00} | {peak} |");
    }

    /// <returns>The most memory of the command, in megabytes.</returns>
    private static async Task<int> ReconcileAsync(BenchmarkDatabase database)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Apc.ControlPlane.Api.dll"), "reconcile", $"--ConnectionStrings:ControlPlane={database.ConnectionString}",
                "--DataPlanes:AllowHttp=true", "--DataPlanes:AllowLoopback=true", "--Serilog:MinimumLevel:Default=Warning",
            ]))!;
        var peak = 0;

        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return process.ExitCode == 0 ? peak : throw new InvalidOperationException($"reconcile ended with {process.ExitCode}.");
    }

    private static int PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line[6..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Task FillAsync(BenchmarkDatabase database, int clusters, Uri simulator) => database.ExecuteAsync(
        $"""
        insert into houston$default."Cluster" (id, name, status, "payloadHash", "metadataUrl", "dataplaneUrl", config, "createdAt", "updatedAt", "statusChangedAt")
        select md5('sweep ' || i)::uuid, 'cluster-' || i, 'ACTIVE', 0, '{simulator.AbsoluteUri}clusters/cluster-' || i, 'dp', json_build_object('deployments', json_build_object('padding', repeat('x', 3000))), now(), now(), now()
        from generate_series(1, {clusters.ToString(CultureInfo.InvariantCulture)}) i;
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

    private static async Task<long> TransactionsAsync(BenchmarkDatabase database)
    {
        // A session reports its transactions when it ends; this one's own are few.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        return (await database.QueryAsync<long>("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"))[0];
    }

    private static async Task<double> SecondsAsync(BenchmarkDatabase database, string sql) => (await database.QueryAsync<double>(sql))[0];
}
