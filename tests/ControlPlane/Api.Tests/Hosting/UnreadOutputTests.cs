using System.Text.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>The real program, whose output is taken by nobody.</summary>
public sealed class UnreadOutputTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Callers = 8;
    private const int CallsEach = 150;

    // Several lines of log for each request, and sweeps while nobody reads.
    private static readonly string[] Talkative =
    [
        "--Serilog:MinimumLevel:Override:Microsoft=Debug", "--Serilog:MinimumLevel:Default=Debug", "--Houston:SyncDataplaneClusters:Schedule=*/2 * * * * ?",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What a shell does with the program's output, and whether the test closes its end of the pipe.</summary>
    public static TheoryData<string?, bool> Outputs() => new()
    {
        { null, false },
        { null, true },
        { ">/dev/full", false },
        { ">/dev/full 2>&1", false },
        { ">&-", false },
    };

    public static TheoryData<string, string?, bool> CommandsAndOutputs()
    {
        var all = new TheoryData<string, string?, bool>();

        foreach (var command in new[] { "migrate", "reconcile", "cleanup-cluster-audits" })
        {
            foreach (var (redirect, close) in new (string?, bool)[] { (null, false), (null, true), (">/dev/full 2>&1", false) })
            {
                all.Add(command, redirect, close);
            }
        }

        return all;
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Outputs))]
    public async Task Requests_sweeps_and_the_end_of_the_program_wait_for_no_reader(string? redirect, bool close)
    {
        await using var host = await HostProcess.ServeAsync(database, redirect, Stop, Talkative);

        if (close)
        {
            host.Process.StandardOutput.Close();
        }

        using var admin = await host.SignInAsync(Stop);
        await FailOftenAsync(admin);
        await SweepsAsync(admin);

        Assert.Equal(0, await host.TerminateAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reader_that_comes_back_gets_whole_lines_and_one_that_tells_what_was_lost()
    {
        await using var host = await HostProcess.ServeAsync(database, redirect: null, Stop, Talkative);
        using var admin = await host.SignInAsync(Stop);
        await FailOftenAsync(admin);

        var lost = await ReadUntilLostAsync(host.Process.StandardOutput);
        var rest = host.Process.StandardOutput.ReadToEndAsync(Stop);

        Assert.Equal("the output was not read in time", lost.GetProperty("Reason").GetString());
        Assert.True(lost.GetProperty("LogLines").GetInt64() > 0);
        Assert.Equal(0, await host.TerminateAsync());
        Assert.All((await rest).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(CommandsAndOutputs))]
    public async Task Every_command_does_its_work_and_ends_whoever_reads(string command, string? redirect, bool close)
    {
        using var program = HostProcess.Start(redirect, command, $"--ConnectionStrings:ControlPlane={database.ConnectionString}");

        if (close)
        {
            program.StandardOutput.Close();
        }

        await program.WaitForExitAsync(Stop);

        Assert.Equal(0, program.ExitCode);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task A_start_that_fails_says_so_by_its_exit_code_where_standard_error_takes_nothing(string redirect)
    {
        using var program = HostProcess.Start(redirect, "serve", "--ConnectionStrings:ControlPlane=Nonsense");

        await program.WaitForExitAsync(Stop);

        Assert.Equal(1, program.ExitCode);
    }

    private static async Task FailOftenAsync(GraphQLClient client)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(
            async () =>
            {
                var answered = 0;

                for (var i = 0; i < CallsEach; i++)
                {
                    var answer = await client.SendAsync("""mutation { deregisterCluster(id: "none") { id } }""", cancellationToken: Stop);
                    answered += answer.Body.Contains("\"errors\"", StringComparison.Ordinal) ? 1 : 0;
                }

                return answered;
            },
            Stop)));
        Assert.Equal(Callers * CallsEach, answers.Sum());
    }

    /// <summary>Waits for a sweep that began after now.</summary>
    private static async Task SweepsAsync(GraphQLClient client)
    {
        var now = TimeProvider.System.GetUtcNow();

        while (!(await RunsAsync(client)).Any(run => run.GetProperty("dueAt").GetDateTimeOffset() > now && run.GetProperty("outcome").GetString() == "COMPLETED"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        }
    }

    private static async Task<IEnumerable<JsonElement>> RunsAsync(GraphQLClient client)
        => (await client.SendAsync("{ clusterSyncRuns(take: 5) { dueAt outcome } }", cancellationToken: Stop)).Data("clusterSyncRuns").EnumerateArray();

    private static async Task<JsonElement> ReadUntilLostAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(Stop) is { } line)
        {
            var entry = JsonDocument.Parse(line).RootElement;

            if (entry.TryGetProperty("LogLines", out _))
            {
                return entry;
            }
        }

        throw new InvalidOperationException("No line told of lost ones.");
    }
}
