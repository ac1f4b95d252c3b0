using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Data.Tests;

/// <summary>The counter table says at every moment what counting the rows would say.</summary>
public sealed class ClusterCounterTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly string[] Providers = ["aws", "AWS", "gcp", ""];

    public ValueTask InitializeAsync() => new(Execute($"DELETE FROM {HoustonNames.Cluster}; DELETE FROM {HoustonNames.ClusterCounter}"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Counts_by_status_provider_and_region_whatever_their_case()
    {
        await using var db = database.CreateContext();
        db.Clusters.AddRange(
            StoredClusters.Make("a", ClusterStatus.Active, "AWS", "us-east-1"),
            StoredClusters.Make("b", ClusterStatus.Active, "aws", "US-East-1"),
            StoredClusters.Make("c", ClusterStatus.Inactive, "aws", "us-east-1"),
            StoredClusters.Make("d", ClusterStatus.Active));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["ACTIVE//:1", "ACTIVE/aws/us-east-1:2", "INACTIVE/aws/us-east-1:1"], await Counters());
    }

    [Theory]
    [InlineData("UPDATE {0} SET status = 'INACTIVE' WHERE name < 'c0050'")]
    [InlineData("UPDATE {0} SET region = 'elsewhere', \"cloudProvider\" = NULL")]
    [InlineData("UPDATE {0} SET \"healthStatus\" = '{{}}'")]
    [InlineData("UPDATE {0} SET status = CASE status WHEN 'ACTIVE' THEN 'INACTIVE' ELSE 'ACTIVE' END")]
    [InlineData("UPDATE {0} SET status = 'INACTIVE' WHERE name = 'nobody'")]
    [InlineData("DELETE FROM {0} WHERE name < 'c0050'")]
    [InlineData("DELETE FROM {0}")]
    [InlineData("TRUNCATE {0} CASCADE")]
    [InlineData("INSERT INTO {0} (id, name, status, \"metadataUrl\", \"payloadHash\", \"createdAt\", \"updatedAt\", \"statusChangedAt\") "
        + "SELECT id, name, status, 'x', 0, now(), now(), now() FROM {0} ON CONFLICT (id) DO UPDATE SET status = 'INACTIVE'")]
    [InlineData("WITH gone AS (DELETE FROM {0} WHERE name < 'c0010') UPDATE {0} SET status = 'INACTIVE' WHERE name > 'c0090'")]
    [InlineData("MERGE INTO {0} c USING (VALUES ('c0001'), ('c0002')) v (name) ON v.name = c.name "
        + "WHEN MATCHED AND c.name = 'c0001' THEN DELETE WHEN MATCHED THEN UPDATE SET region = 'merged'")]
    public async Task Follows_every_kind_of_statement(string statement)
    {
        await Fill(100);

        await Execute(string.Format(null, statement, HoustonNames.Cluster));

        Assert.Equal(await Counted(), await Counters());
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_counts_for_nothing()
    {
        await Fill(10);
        var before = await Counters();

        await Execute($"BEGIN; DELETE FROM {HoustonNames.Cluster}; ROLLBACK");

        Assert.Equal(before, await Counters());
    }

    [Fact]
    public async Task A_change_that_moves_no_cluster_leaves_the_counters_untouched()
    {
        await Fill(10);
        var versions = $"SELECT string_agg(xmin::text, ',' ORDER BY status) FROM {HoustonNames.ClusterCounter}";
        var before = await database.QueryAsync<string>(versions, TestContext.Current.CancellationToken);

        await Execute($$"""UPDATE {{HoustonNames.Cluster}} SET "healthStatus" = '{"a":1}'""");

        Assert.Equal(before, await database.QueryAsync<string>(versions, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stays_exact_under_writers_that_work_at_the_same_time()
    {
        await Fill(200);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(() => WriteAsync(new Random(writer)))));

        Assert.Equal(await Counted(), await Counters());

        // Every writer changes rows of all the others, inserts and deletes, each time in one statement with its rows in order.
        async Task WriteAsync(Random random)
        {
            for (var round = 0; round < 40; round++)
            {
                var provider = Providers[random.Next(Providers.Length)];
                var from = random.Next(200);
                await Execute(random.Next(4) switch
                {
                    0 => $"DELETE FROM {HoustonNames.Cluster} WHERE id IN (SELECT id FROM {HoustonNames.Cluster} ORDER BY id LIMIT 5 FOR UPDATE)",
                    1 => Insert(random.Next(int.MaxValue), 5, provider),
                    _ => $"""
                        WITH rows AS (SELECT id FROM {HoustonNames.Cluster} ORDER BY id OFFSET {from} LIMIT 50 FOR UPDATE)
                        UPDATE {HoustonNames.Cluster} c
                        SET status = CASE c.status WHEN 'ACTIVE' THEN 'INACTIVE' ELSE 'ACTIVE' END, "cloudProvider" = nullif('{provider}', '')
                        FROM rows WHERE c.id = rows.id
                        """,
                });
            }
        }
    }

    private Task Fill(int count) => Execute(Insert(0, count, "aws"));

    private static string Insert(int first, int count, string provider)
        => $"""
        INSERT INTO {HoustonNames.Cluster}
            (id, name, status, "cloudProvider", region, "metadataUrl", "payloadHash", "createdAt", "updatedAt", "statusChangedAt")
        SELECT gen_random_uuid(), 'c' || to_char({first} + i, 'FM0000000000') || gen_random_uuid(), CASE i % 3 WHEN 0 THEN 'INACTIVE' ELSE 'ACTIVE' END,
            '{provider}', 'r' || i % 4, 'https://' || gen_random_uuid(), 0, now(), now(), now()
        FROM generate_series(0, {count} - 1) i
        """;

    private Task Execute(string sql) => database.ExecuteAsync(sql, TestContext.Current.CancellationToken);

    private Task<List<string>> Counters()
        => database.QueryAsync<string>(
            $"""
            SELECT concat(status, '/', "cloudProvider", '/', region, ':', n)
            FROM {HoustonNames.ClusterCounter} WHERE n <> 0 ORDER BY 1
            """,
            TestContext.Current.CancellationToken);

    private Task<List<string>> Counted()
        => database.QueryAsync<string>(
            $"""
            SELECT concat(status, '/', lower(coalesce("cloudProvider", '')), '/', lower(coalesce(region, '')), ':', count(*))
            FROM {HoustonNames.Cluster}
            GROUP BY status, lower(coalesce("cloudProvider", '')), lower(coalesce(region, '')) ORDER BY 1
            """,
            TestContext.Current.CancellationToken);
}
