using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Apc.Benchmarks.Read;

/// <summary>The host beside the bare endpoint over the same clusters, in turn, under the same load.</summary>
internal static class ReadBenchmark
{
    private const string Email = "admin@benchmark.local";
    private const string Password = "Benchmark-only-1";

    public static async Task<int> RunAsync(int clusters, int rounds, int seconds, string only)
    {
        await using var database = await BenchmarkDatabase.StartAsync();
        await FillAsync(database, clusters);

        var folder = AppContext.BaseDirectory;
        var hostUrl = FreeUrl();
        var bareUrl = FreeUrl();
        await using var bare = await ServerUnderTest.StartAsync(
            Path.Combine(folder, "Apc.Benchmarks.dll"), bareUrl, "/q1", "bare", bareUrl.AbsoluteUri, database.ConnectionString);
        await using var host = await ServerUnderTest.StartAsync(
            Path.Combine(folder, "Apc.ControlPlane.Api.dll"), hostUrl, "/v1/healthz", "serve", "--urls", hostUrl.AbsoluteUri,
            $"--ConnectionStrings:ControlPlane={database.ConnectionString}", $"--Bootstrap:AdminEmail={Email}", $"--Bootstrap:AdminPassword={Password}",
            "--Houston:SyncDataplaneClusters:Enabled=false");
        var idle = host.Memory.Now;
        var token = await SignInAsync(host.Address);
        var idsFile = await WriteIdsAsync(database);

        var reads = ReadCase.All.Where(r => r.Name.StartsWith(only, StringComparison.Ordinal)).ToArray();

        foreach (var read in reads)
        {
            await CheckSameAsync(host.Address, bare.Address, token, read, File.ReadLines(idsFile).First());
        }

        List<Measurement> measurements = [];

        for (var round = 0; round <= rounds; round++)
        {
            foreach (var read in reads)
            {
                var ours = await MeasureAsync(host, new Uri(host.Address, "/v1"), token, read, idsFile, round == 0 ? 4 : seconds);
                var limit = await MeasureAsync(bare, new Uri(bare.Address, read.Path), token, read, idsFile, round == 0 ? 2 : seconds);

                // The first round warms both up and is not counted.
                if (round > 0)
                {
                    measurements.Add(new Measurement(read, ours.Rate / limit.Rate, ours.Cpu, limit.Cpu, ours.Rate, limit.Rate));
                }
            }
        }

        Print(measurements, idle, host.Memory);
        File.Delete(idsFile);
        return 0;
    }

    /// <summary>A free port on the loopback interface.</summary>
    internal static Uri FreeUrl()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static async Task FillAsync(BenchmarkDatabase database, int clusters)
    {
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Read", "Fleet.sql"));
        await database.ExecuteAsync(sql.Replace("{count}", clusters.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await database.ExecuteAsync("vacuum analyze");
    }

    private static async Task<string> WriteIdsAsync(BenchmarkDatabase database)
    {
        // From the middle of the list on, so that as cursors they are deep ones.
        var ids = await database.QueryAsync<Guid>(
            """select id from houston$default."Cluster" order by "createdAt" desc offset (select count(*) / 2 from houston$default."Cluster") limit 20000""");
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, ids.Where((_, i) => i < ids.Count - 100).OrderBy(id => id).Select(id => id.ToString()));
        return file;
    }

    private static async Task<string> SignInAsync(Uri host)
    {
        using var http = new HttpClient { BaseAddress = host };
        using var response = await http.PostAsJsonAsync(
            "/v1", new { query = $"mutation {{ createToken(identity: \"{Email}\", password: \"{Password}\") {{ token {{ value }} }} }}" });
        using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("data").GetProperty("createToken").GetProperty("token").GetProperty("value").GetString()!;
    }

    /// <summary>Both must answer with the same data, or the comparison means nothing.</summary>
    private static async Task CheckSameAsync(Uri host, Uri bare, string token, ReadCase read, string id)
    {
        var ours = await PostAsync(new Uri(host, "/v1"), token, read, id);
        var limit = await PostAsync(new Uri(bare, read.Path), token, read, id);

        if (Normal(ours) != Normal(limit))
        {
            throw new InvalidOperationException($"{read.Name}: the answers differ.\nours: {ours[..Math.Min(1500, ours.Length)]}\nbare: {limit[..Math.Min(1500, limit.Length)]}");
        }
    }

    private static async Task<string> PostAsync(Uri address, string token, ReadCase read, string id)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
        var query = read.Query.Replace("{id}", id, StringComparison.Ordinal);
        using var response = read.HasId
            ? await http.PostAsJsonAsync(address, new { query, variables = new { id } })
            : await http.PostAsJsonAsync(address, new { query });
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Without blanks, fractions of seconds and the order of members, in which json and jsonb differ.</summary>
    private static string Normal(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Sorted(document.RootElement);

        static string Sorted(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"{m.Name}:{Sorted(m.Value)}"))}}}",
            JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Sorted))}]",
            JsonValueKind.String when element.TryGetDateTimeOffset(out var at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            _ => element.GetRawText(),
        };
    }

    private static async Task<(double Rate, double Cpu)> MeasureAsync(
        ServerUnderTest server, Uri address, string token, ReadCase read, string idsFile, int seconds)
    {
        var before = server.CpuTime;
        var rate = await Wrk.RunAsync(address, token, read, idsFile, seconds);
        return (rate, (server.CpuTime - before).TotalMicroseconds / (rate * seconds));
    }

    private static void Print(List<Measurement> measurements, int idle, (int Now, int Peak) memory)
    {
        Console.WriteLine("| request | ratio, median (min–max) | must reach | ours req/s | bare req/s | ours CPU µs | bare CPU µs |");
        Console.WriteLine("| --- | --: | --: | --: | --: | --: | --: |");

        foreach (var group in measurements.GroupBy(m => m.Read))
        {
            var ratios = group.Select(m => m.Ratio).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Name} | {Median(ratios):0.00} ({ratios[0]:0.00}–{ratios[^1]:0.00}) | {group.Key.Target:0.00} | {Median(group.Select(m => m.OurRate)):0} | {Median(group.Select(m => m.LimitRate)):0} | {Median(group.Select(m => m.OurCpu)):0} | {Median(group.Select(m => m.LimitCpu)):0} |"));
        }

        Console.WriteLine($"Memory of the host: {idle} MB at the start, {memory.Now} MB after the load, {memory.Peak} MB at most.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed record Measurement(ReadCase Read, double Ratio, double OurCpu, double LimitCpu, double OurRate, double LimitRate);
}
