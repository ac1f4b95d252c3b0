using System.Diagnostics;
using System.Text.Json;
using Apc.ControlPlane.Api.Hosting;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>The real program, read as a collector reads it: line by line.</summary>
public sealed class StandardOutputTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Callers = 8;
    private const int CallsEach = 40;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Lines_of_the_audit_trail_and_of_the_log_do_not_end_up_inside_each_other()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            typeof(ControlPlaneHost).Assembly.Location,
            "serve",
            "--urls=http://127.0.0.1:0",
            $"--ConnectionStrings:ControlPlane={database.ConnectionString}",
            "--Houston:SyncDataplaneClusters:Enabled=false",
            "--Bootstrap:AdminEmail=admin@example.com",
            "--Bootstrap:AdminPassword=Correct-horse-1",

            // Some lines of log for each request.
            "--Serilog:MinimumLevel:Override:Microsoft=Debug",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var program = Process.Start(start)!;

        try
        {
            var lines = new List<string>();
            using var anonymous = new GraphQLClient(new Uri(await AddressAsync(program.StandardOutput, lines), "/v1"));
            var reading = ReadAsync(program.StandardOutput, lines);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => FailAsync(anonymous), Stop)));
            Signals.Terminate(program);
            await reading;

            var events = lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            var audits = events.Where(e => e.TryGetProperty("audit", out var audit) && audit.GetBoolean()).ToArray();
            Assert.Equal(Callers * CallsEach, audits.Count(a => a.GetProperty("operation").GetString() == "deregisterCluster"));
            Assert.Equal("user.create", audits[0].GetProperty("action").GetString());
            Assert.True(events.Length > audits.Length + (Callers * CallsEach), "There were no other lines to end up in.");
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    private static async Task FailAsync(GraphQLClient client)
    {
        for (var i = 0; i < CallsEach; i++)
        {
            await client.SendAsync("""mutation { deregisterCluster(id: "none") { id } }""", cancellationToken: Stop);
        }
    }

    private static async Task<Uri> AddressAsync(StreamReader output, List<string> lines)
    {
        while (await output.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(line);
            using var entry = JsonDocument.Parse(line);

            if (entry.RootElement.TryGetProperty("address", out var address))
            {
                return new Uri(address.GetString()!);
            }
        }

        throw new InvalidOperationException($"The program ended: {string.Join('\n', lines)}");
    }

    private static async Task ReadAsync(StreamReader output, List<string> lines)
    {
        while (await output.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(line);
        }
    }
}
