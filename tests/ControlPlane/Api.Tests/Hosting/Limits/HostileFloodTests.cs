using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Tests that measure the memory of the whole process, which no other test may use meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The real host under all hostile requests at once, over HTTP.</summary>
[Collection(nameof(Alone))]
public sealed class HostileFloodTests(LimitHost host, ITestOutputHelper output) : IClassFixture<LimitHost>
{
    private const int Senders = 4;
    private const long AllowedGrowth = 48 * 1024 * 1024;

    // What is kept of documents has a room of 16 MB, of rejected ones 2 MB, and of stored ones 8 MB: these are more than fit.
    private const int DistinctDocuments = 6_000;

    private static readonly string[] Bodies = [.. HostileDocuments.All.Values.Select(d => Encoding.UTF8.GetString(d.Body))];

    private int _number;

    [Fact]
    public async Task Leaves_the_host_as_it_was()
    {
        // What is loaded once stays, and so do caches that are full.
        await FloodAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();

        await FloodAsync();

        var flooded = Stopwatch.GetElapsedTime(start);
        var asked = Stopwatch.GetTimestamp();
        var answer = await host.Admin.AskAsync("{ paginatedClusters { count } self { isAdmin } }");
        var waited = Stopwatch.GetElapsedTime(asked);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        output.WriteLine($"{flooded.TotalSeconds:F1} s of flood, then an answer in {waited.TotalMilliseconds:F0} ms; {grown / 1024} KB more in memory");
        Assert.Equal(new WireAnswer(200, """{"data":{"paginatedClusters":{"count":0},"self":{"isAdmin":true}}}"""), answer);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(grown, long.MinValue, AllowedGrowth);
    }

    /// <summary>Bodies that are no request, or barely one.</summary>
    private static string[] Raw =>
    [
        $"[{string.Join(',', Enumerable.Repeat("""{"query":"{ __typename }"}""", 30_000))}]",
        new string('[', 900_000),
        string.Concat(Enumerable.Repeat("""{"a":""", 190_000)),
        $"{{\"query\":\"{string.Concat(Enumerable.Repeat("\\u0020", 160_000))}\"}}",
        $"{{{string.Join(',', Enumerable.Repeat("\"query\":\"{ __typename }\"", 35_000))}}}",
        $"{{\"extensions\":{{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"x{i}\":{i}"))}}}}}",
        $"{{\"documentId\":\"{new string('a', 900_000)}\"}}",
        $"{{\"query\":\"{{ __typename }}\",\"operationName\":\"{new string('a', 900_000)}\"}}",
        new string('\0', 900_000),
    ];

    /// <summary>
    /// Documents that come once, each of a kilobyte: answered, rejected by a rule, rejected by a limit, stored under a hash, and some with a plan that is much larger
    /// than their text.
    /// </summary>
    private static string Distinct(int i)
    {
        if (i % 20 == 0)
        {
            return Encoding.UTF8.GetString(HostileDocuments.All["introspection as wide as the rules let it be"].Fresh(i + 1_000_000).Body);
        }

        var padding = new string('x', 1_000);
        var document = (i % 4) switch
        {
            0 => $"{{ {padding}{i}: __typename }}",
            1 => $"{{ {padding}{i} }}",
            2 => $"{{ {padding}{i} {string.Concat(Enumerable.Repeat("@a", 60))} }}",
            _ => $"query {padding}{i} {{ __typename }}",
        };
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        var extensions = i % 4 == 3 ? $$$""","extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"query\":\"{document}\"{extensions}}}");
    }

    /// <summary>All hostile requests, then thousands of small ones; none has come before.</summary>
    private async Task FloodAsync()
    {
        await FloodAsync(Bodies.Select(Fresh).Concat(Raw));
        await FloodAsync(Enumerable.Range(_number, DistinctDocuments).Select(Distinct));
        _number += DistinctDocuments;
    }

    private string Fresh(string body)
    {
        const string Start = "{\"query\":\"";
        return string.Create(CultureInfo.InvariantCulture, $"{Start}#{Interlocked.Increment(ref _number)}\\n{body.AsSpan(Start.Length)}");
    }

    private async Task FloodAsync(IEnumerable<string> bodies)
        => await Parallel.ForEachAsync(
            bodies,
            new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = TestContext.Current.CancellationToken },
            async (body, _) =>
            {
                var answer = await host.Anonymous.PostAsync(body);
                Assert.True(answer.Status is 200 or 400, $"{answer.Status} to {body[..Math.Min(body.Length, 100)]}");
            });
}
