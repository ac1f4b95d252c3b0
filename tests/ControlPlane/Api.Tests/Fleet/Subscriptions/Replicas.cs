using System.Globalization;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>Two hosts over one database, with real clocks.</summary>
public sealed class Replicas(PostgresServer server) : IAsyncLifetime
{
    private int _users;

    public PostgresDatabase Database { get; } = new(server);

    /// <summary>The replica that tests subscribe to.</summary>
    public ApiHost A { get; private set; } = null!;

    /// <summary>The replica that stores.</summary>
    public ApiHost B { get; private set; } = null!;

    /// <summary>The token of a System Admin called <c>root</c>.</summary>
    public string Root { get; private set; } = null!;

    /// <summary>The same, speaking to the other replica.</summary>
    public GraphQLClient Admin { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        A = await ApiHost.StartAsync(Database);
        B = await ApiHost.StartAsync(Database);
        Root = await TokenAsync("root", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));
        Admin = B.Anonymous.As(Root);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await A.DisposeAsync();
        await B.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Every test begins without clusters.</summary>
    public Task ForgetAsync()
        => Database.ExecuteAsync(
            $"DELETE FROM {HoustonNames.Cluster}; DELETE FROM {HoustonNames.ClusterSyncRun}; DELETE FROM {HoustonNames.OutboxEvent}", CancellationToken.None);

    /// <summary>Stores ACTIVE clusters with the numbers from 1.</summary>
    public async Task AddClustersAsync(int count)
    {
        await using var db = Database.CreateContext();

        for (var n = 1; n <= count; n++)
        {
            db.Add(StoredClusters.Make(n));
            db.Add(new ClusterObservation { ClusterId = StoredClusters.Id(n), Number = 0 });
        }

        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>Sets the status of the n-th cluster through the replica that stores.</summary>
    public async Task SetStatusAsync(int n, ClusterStatus status)
    {
        var answer = await Admin.SendAsync(
            "mutation($id: Uuid!, $status: ClusterStatus) { updateCluster(id: $id, status: $status) { status } }",
            new { id = StoredClusters.Id(n), status = EnumTexts.Of(status) },
            Cancellation);
        Assert.Equal(EnumTexts.Of(status), answer.Text("updateCluster.status"));
    }

    /// <summary>The token of a new user who holds these roles.</summary>
    public Task<string> TokenAsync(params RoleGrant[] grants) => TokenAsync(string.Create(CultureInfo.InvariantCulture, $"user{++_users}"), grants);

    /// <summary>Cuts the connections that listen; the tests wait until each replica with subscribers has a new one.</summary>
    public async Task<int> CutListenersAsync()
        => (await Database.QueryAsync<bool>(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {IsListener}", Cancellation)).Count;

    public async Task<int> CountListenersAsync()
        => (await Database.QueryAsync<int>($"SELECT count(*)::int FROM pg_stat_activity WHERE {IsListener}", Cancellation))[0];

    private const string IsListener = $"application_name = '{ControlPlaneDataSources.ListenerName}' AND datname = current_database()";

    private async Task<string> TokenAsync(string username, params RoleGrant[] grants)
    {
        var now = TimeProvider.System.GetUtcNow();
        var user = new User { Id = Guid.CreateVersion7(now), Username = username, Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
        await using var db = Database.CreateContext();
        db.Add(user);
        db.AddRange(grants.Select(grant => new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Role = grant.Role.Name,
            ClusterId = grant.ClusterId,
            CreatedAt = now,
        }));
        var (token, row) = A.Services.GetRequiredService<TokenIssuer>().IssueForUser(user.Id);
        db.Add(row);
        await db.SaveChangesAsync(Cancellation);
        return token.Text;
    }
}
