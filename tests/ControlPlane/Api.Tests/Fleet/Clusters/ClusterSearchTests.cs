using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>searchPhrase</c>: any part of name, base domain or id, its characters standing for themselves.</summary>
public sealed class ClusterSearchTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(
            StoredClusters.Make(0xabc1, "East Coast", domain: "east.example.com"),
            StoredClusters.Make(0xabc2, "100% west", domain: "west.example.com"),
            StoredClusters.Make(0xabc3, "under_score", domain: "south.example.net"),
            StoredClusters.Make(0xabc4, @"back\slash", domain: "north.example.com"),
            StoredClusters.Make(0xabc5, "underXscore", domain: "Mixed.Example.Org"));
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 0)]
    [InlineData(500_000, 0)]
    public async Task Finds_the_longest_name_and_nothing_longer(int length, int found)
    {
        await api.AddClustersAsync(StoredClusters.Make(0xabc6, new string('z', 255), domain: "long.example.com"));

        AnswerAssert.Is(
            $"{{\"data\":{{\"paginatedClusters\":{{\"count\":{found}}}}}}}",
            await api.Admin.SendAsync(
                "query ($s: String) { paginatedClusters(searchPhrase: $s) { count } }", new { s = new string('Z', length) }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("coast", "East Coast")]
    [InlineData("COAST", "East Coast")]
    [InlineData("t c", "East Coast")]
    [InlineData("%", "100% west")]
    [InlineData("0% w", "100% west")]
    [InlineData("%%")]
    [InlineData("_", "under_score")]
    [InlineData("under_s", "under_score")]
    [InlineData(@"\", @"back\slash")]
    [InlineData(@"k\s", @"back\slash")]
    [InlineData(@"\\")]
    [InlineData(@"\%")]
    [InlineData("mixed.example.org", "underXscore")]
    [InlineData("MIXED.EXAMPLE.ORG", "underXscore")]
    [InlineData(".net", "under_score")]
    [InlineData("abc3", "under_score")]
    [InlineData("ABC3", "under_score")]
    [InlineData("8000-00000000abc2", "100% west")]
    [InlineData("e", "underXscore", @"back\slash", "under_score", "100% west", "East Coast")]
    [InlineData("", "underXscore", @"back\slash", "under_score", "100% west", "East Coast")]
    [InlineData(" ", "100% west", "East Coast")]
    [InlineData("nothing like it")]
    public async Task Finds_what_contains_the_phrase(string phrase, params string[] names)
        => await PageAssert.ShowsAsync(
            api.Admin, $"searchPhrase: \"{phrase.Replace(@"\", @"\\", StringComparison.Ordinal)}\"", names.Length, names);

    [Theory]
    [InlineData("""coast\neast""")]
    [InlineData("""coasteast""")]
    public async Task Finds_no_phrase_that_begins_in_one_and_ends_in_the_other(string phrase)
        => await PageAssert.ShowsAsync(api.Admin, $"searchPhrase: \"{phrase}\"", 0);

    [Fact]
    public async Task Looks_into_the_index_of_trigrams()
    {
        var statement = Assert.Single(await StatementLog.OfAsync(
            api.Database,
            () => api.Admin.SendAsync(
                "{ paginatedClusters(searchPhrase: \"coast\") { clusters { name } } }", cancellationToken: TestContext.Current.CancellationToken)));

        await using var connection = await api.Database.DataSources.Writes.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var explain = connection.CreateCommand();

        // Other plans are cheaper for so small a table.
        explain.CommandText = $"set enable_seqscan = off; set enable_indexscan = off; prepare page as {statement}; explain execute page('%coast%', 25)";
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();

        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains("Bitmap Index Scan on \"IX_Cluster_searchText\"", StringComparison.Ordinal));
    }
}
