using System.Text;
using Apc.ControlPlane.Data.Embedded;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Apc.ControlPlane.Data.Tests.Embedded;

/// <summary>Programs that the host starts do not inherit its secrets: who may read their environment, or their crash dumps, would have them.</summary>
public sealed class ChildProgramTests : IDisposable
{
    private const string Canary = "canary-9f3b2a";

    private static readonly string[] Variables = ["APC_CANARY", "PG_CANARY", "CANARY_PASSWORD", "ASPNETCORE_CANARY", "LC_CANARY"];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"apc-{Guid.NewGuid():N}");

    public ChildProgramTests() => Array.ForEach(Variables, name => Environment.SetEnvironmentVariable(name, Canary));

    [Fact]
    public async Task No_process_of_a_private_server_has_a_secret_of_the_host()
    {
        await using var server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresSettings { DataDirectory = _folder, Durable = false }, NullLogger.Instance, TestContext.Current.CancellationToken);

        var children = Descendants(Environment.ProcessId).ToArray();

        Assert.Contains(server.ProcessId, children);
        Assert.All(children.Where(id => IsOfServer(id, server.ProcessId)), id => Assert.DoesNotContain(Canary, EnvironmentOf(id), StringComparison.Ordinal));
    }

    /// <summary>Also those that live too short to be looked at: the program that makes the data, the one that asks for a version.</summary>
    [Fact]
    public async Task A_program_sees_what_it_needs_and_no_more()
    {
        var (code, output) = await ServerAccount.Choose().RunAsync("env", [], input: null, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        string[] allowed = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "LC_ALL"];
        Assert.Equal([], output.Split('\n').Select(line => line.Split('=')[0]).Except(allowed));
        Assert.Contains("LC_ALL=C", output.Split('\n'));
    }

    [Fact]
    public void Nothing_else_starts_programs()
        => Assert.Equal(
            ["ChildProgram.cs"],
            Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(file) is var text && (text.Contains("new ProcessStartInfo", StringComparison.Ordinal) || text.Contains("Process.Start(\"", StringComparison.Ordinal)))
                .Select(Path.GetFileName));

    public void Dispose()
    {
        Array.ForEach(Variables, name => Environment.SetEnvironmentVariable(name, null));

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static bool IsOfServer(int id, int server) => id == server || Ancestors(id).Contains(server) || Descendants(id).Contains(server);

    private static IEnumerable<int> Ancestors(int id)
    {
        for (var parent = ParentOf(id); parent > 1; parent = ParentOf(parent))
        {
            yield return parent;
        }
    }

    private static IEnumerable<int> Descendants(int of)
        => Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0).Where(id => id > 0 && Ancestors(id).Contains(of));

    /// <remarks>proc(5): the parent stands behind the name, which ends with the last bracket.</remarks>
    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], null);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string EnvironmentOf(int id)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/environ"));
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }
}
