using System.Text;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Data.Tests;

/// <summary>What the database makes of the records.</summary>
public sealed class MappingTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"b\":1,  \"a\": [ 2.50, 1e400 ],\n\t\"b\": 1, \"é\": \"\\u00e9 😀\"}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public async Task Json_comes_back_byte_for_byte(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var cluster = StoredClusters.Make($"json-{Guid.NewGuid()}");
        cluster.HealthStatus = bytes;
        await SaveAsync(cluster);

        await using var db = database.CreateContext();
        var read = await db.Clusters.AsNoTracking().SingleAsync(c => c.Id == cluster.Id, Cancelled);

        Assert.Equal(bytes, read.HealthStatus);
        Assert.Null(read.StatusReason);
        Assert.Equal([bytes], await database.QueryAsync<byte[]>($"SELECT \"healthStatus\" FROM {HoustonNames.Cluster} WHERE id = '{cluster.Id}'", Cancelled));
    }

    [Fact]
    public async Task A_change_of_json_alone_is_seen_and_an_equal_array_is_none()
    {
        var cluster = StoredClusters.Make("change");
        cluster.Config = "{}"u8.ToArray();
        await SaveAsync(cluster);
        await using var db = database.CreateContext();
        var read = await db.Clusters.SingleAsync(c => c.Id == cluster.Id, Cancelled);

        read.Config = "{}"u8.ToArray();
        Assert.Equal(0, await db.SaveChangesAsync(Cancelled));

        read.Config = "{ }"u8.ToArray();
        Assert.Equal(1, await db.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task Of_two_writers_who_read_the_same_row_the_second_fails()
    {
        var cluster = StoredClusters.Make("race");
        await SaveAsync(cluster);
        await using var first = database.CreateContext();
        await using var second = database.CreateContext();
        (await first.Clusters.SingleAsync(c => c.Id == cluster.Id, Cancelled)).Name = "race-first";
        (await second.Clusters.SingleAsync(c => c.Id == cluster.Id, Cancelled)).Name = "race-second";

        await first.SaveChangesAsync(Cancelled);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task Versions_sort_as_versions()
    {
        string?[] ordered = [null, "garbage", "v1.9", "1.9.1", "v1.30.0-eks-1234567", "1.30.2+k3s1", "2", "99999999999999999999.1.1"];
        var ids = new List<Guid>();

        foreach (var version in ordered.Reverse())
        {
            var cluster = StoredClusters.Make($"version-{ids.Count}", provider: "versions");
            cluster.K8sVersion = version;
            ids.Add(cluster.Id);
            await SaveAsync(cluster);
        }

        await using var db = database.CreateContext();
        var sorted = await db.Clusters.Where(c => c.CloudProviderKey == "versions").OrderBy(c => c.K8sVersionKey).Select(c => c.K8sVersion).ToListAsync(Cancelled);

        Assert.Equal(ordered[2..], sorted[2..]);
        Assert.Equal([null, "garbage"], sorted[..2].Order());
    }

    [Fact]
    public async Task The_search_text_is_lower_case_name_base_domain_and_id()
    {
        var cluster = StoredClusters.Make("Ärger-EU");
        await SaveAsync(cluster);

        await using var db = database.CreateContext();
        var read = await db.Clusters.AsNoTracking().SingleAsync(c => c.Id == cluster.Id, Cancelled);

        Assert.Equal($"ärger-eu\närger-eu.example.com\n{cluster.Id}", read.SearchText);
    }

    [Fact]
    public async Task A_taken_name_is_known_by_its_index()
    {
        await SaveAsync(StoredClusters.Make("taken"));
        var second = StoredClusters.Make("other");
        second.Name = "taken";

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(second));

        Assert.True(exception.IsUniqueViolation(ClusterConfiguration.UniqueName));
        Assert.False(exception.IsUniqueViolation(ClusterConfiguration.UniqueBaseDomain));
    }

    [Fact]
    public async Task An_address_is_taken_in_any_case()
    {
        var user = MakeUser();
        await SaveAsync(user, MakeEmail(user, "Someone@Example.com"));

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(MakeEmail(user, "someone@example.COM")));

        Assert.True(exception.IsUniqueViolation(EmailConfiguration.UniqueAddress));
    }

    [Fact]
    public async Task A_role_is_bound_once_for_a_holder_and_a_scope_the_whole_system_included()
    {
        var user = MakeUser();
        await SaveAsync(user, MakeBinding(user));

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(MakeBinding(user)));

        Assert.True(exception.IsUniqueViolation(RoleBindingConfiguration.UniqueBinding));
    }

    private static User MakeUser()
        => new() { Id = Guid.CreateVersion7(FakeClock.Noon), Username = $"someone {Guid.NewGuid()}", CreatedAt = FakeClock.Noon, UpdatedAt = FakeClock.Noon };

    private static Email MakeEmail(User user, string address)
        => new() { Id = Guid.CreateVersion7(FakeClock.Noon), Address = address, UserId = user.Id, CreatedAt = FakeClock.Noon, UpdatedAt = FakeClock.Noon };

    private static RoleBinding MakeBinding(User user)
        => new() { Id = Guid.CreateVersion7(FakeClock.Noon), Role = "SYSTEM_ADMIN", UserId = user.Id, CreatedAt = FakeClock.Noon };

    private async Task SaveAsync(params object[] records)
    {
        await using var db = database.CreateContext();
        db.AddRange(records);
        await db.SaveChangesAsync(Cancelled);
    }
}
