using System.Diagnostics;
using System.Globalization;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Domain.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Apc.Benchmarks.Access;

/// <summary>
/// What it costs to find out who asks and whether they may, among very many people, and how soon a replica hears of a change that another made.
/// </summary>
internal static class AccessBenchmark
{
    private const int ActiveCallers = 1_000;

    private static readonly Permission Asked = Permission.Named(Permissions.ClustersGet);

    public static async Task<int> RunAsync(int users, int seconds)
    {
        await using var database = await BenchmarkDatabase.StartAsync();
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Access", "People.sql"));
        await database.ExecuteAsync(sql.Replace("{users}", users.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await database.ExecuteAsync("vacuum analyze");

        await using var here = await StartHostAsync(database.ConnectionString);
        await using var there = await StartHostAsync(database.ConnectionString);
        var tokens = await SignInAsync(database, here.Services.GetRequiredService<TokenIssuer>());
        var verifier = here.Services.GetRequiredService<TokenVerifier>();

        Console.WriteLine($"{users} people, {(await database.QueryAsync<long>("select count(*) from houston$default.\"RoleBinding\""))[0]} role bindings, {tokens.Length} callers");
        Console.WriteLine("| check | median µs | 99 of 100 µs | most µs | checks |");
        Console.WriteLine("| --- | --: | --: | --: | --: |");

        // Connections are opened and code is compiled by a round that is not counted.
        await FirstUseAsync(verifier, tokens);
        Print("a token's first use: one look-up in the database", await FirstUseAsync(verifier, tokens));
        await SteadyAsync(verifier, tokens, TimeSpan.FromSeconds(1));
        Print("steady use, nothing changes", await SteadyAsync(verifier, tokens, TimeSpan.FromSeconds(seconds)));
        Print("the same, ten changes of access a second by another replica", await ChangingAsync(database, verifier, tokens, TimeSpan.FromSeconds(seconds)));
        Print("from a revocation by another replica to the first refusal", await RevokeAsync(database, verifier, tokens[..100]));
        return 0;
    }

    private static Task<ControlPlaneHost> StartHostAsync(string connectionString) => ControlPlaneHost.StartAsync(
        ["--urls", "http://127.0.0.1:0", $"--ConnectionStrings:ControlPlane={connectionString}", "--Houston:SyncDataplaneClusters:Enabled=false"],
        builder => builder.Logging.ClearProviders());

    private static async Task<string[]> SignInAsync(BenchmarkDatabase database, TokenIssuer issuer)
    {
        var ids = await database.QueryAsync<Guid>($"select id from houston$default.\"User\" order by id limit {ActiveCallers}");
        var tokens = ids.Select(id => issuer.IssueForUser(id)).ToArray();
        var rows = tokens.Select(t => $"('{t.Row.PublicId}', '\\x{Convert.ToHexString(t.Row.SecretHash)}', '{t.Row.UserId}', now(), now() + interval '1 day')");
        await database.ExecuteAsync(
            $"insert into houston$default.\"UserToken\" (\"publicId\", \"secretHash\", \"userId\", \"createdAt\", \"expiresAt\") values {string.Join(',', rows)}");
        return [.. tokens.Select(t => t.Token.Text)];
    }

    private static async Task<double[]> FirstUseAsync(TokenVerifier verifier, string[] tokens)
    {
        verifier.ForgetAll();
        var times = new double[tokens.Length];

        for (var i = 0; i < tokens.Length; i++)
        {
            times[i] = await CheckAsync(verifier, tokens[i]);
        }

        return times;
    }

    private static async Task<double[]> SteadyAsync(TokenVerifier verifier, string[] tokens, TimeSpan duration)
    {
        List<double> times = new(10_000_000);
        var order = new Random(1);
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);

        while (Stopwatch.GetTimestamp() < end)
        {
            times.Add(await CheckAsync(verifier, tokens[order.Next(tokens.Length)]));
        }

        return [.. times];
    }

    private static async Task<double[]> ChangingAsync(BenchmarkDatabase database, TokenVerifier verifier, string[] tokens, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));

            while (!stop.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync(CancellationToken.None);
                await database.ExecuteAsync(
                    """update houston$default."RoleBinding" set "createdAt" = now() where id = (select id from houston$default."RoleBinding" limit 1)""");
            }
        });

        var times = await SteadyAsync(verifier, tokens, duration);
        await stop.CancelAsync();
        await changing;
        return times;
    }

    private static async Task<double[]> RevokeAsync(BenchmarkDatabase database, TokenVerifier verifier, string[] tokens)
    {
        var times = new double[tokens.Length];

        for (var i = 0; i < tokens.Length; i++)
        {
            if (!(await verifier.VerifyAsync(tokens[i], CancellationToken.None)).IsSignedIn)
            {
                throw new InvalidOperationException("A token that nobody has revoked is refused.");
            }

            await database.ExecuteAsync(
                $"""update houston$default."UserToken" set "revokedAt" = now() where "publicId" = '{tokens[i][6..14]}'""");
            var committed = Stopwatch.GetTimestamp();

            while ((await verifier.VerifyAsync(tokens[i], CancellationToken.None)).IsSignedIn)
            {
                await Task.Yield();
            }

            times[i] = Stopwatch.GetElapsedTime(committed).TotalMicroseconds;
        }

        return times;
    }

    /// <summary>Microseconds from the text of a token to the verdict on a permission.</summary>
    private static async ValueTask<double> CheckAsync(TokenVerifier verifier, string token)
    {
        var start = Stopwatch.GetTimestamp();
        var caller = await verifier.VerifyAsync(token, CancellationToken.None);
        _ = caller.Permissions.Holds(Asked);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void Print(string what, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {times[times.Length / 2]:0.0} | {times[(int)(times.Length * 0.99)]:0.0} | {times[^1]:0.0} | {times.Length} |"));
    }
}
