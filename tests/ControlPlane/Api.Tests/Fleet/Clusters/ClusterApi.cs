using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.Simulation;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>The real host for one test class: a database of its own, a clock that stands at noon, and data planes to talk to.</summary>
public sealed class ClusterApi(PostgresServer server) : IAsyncLifetime
{
    /// <summary>When everything happens, unless a test moves the clock.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<GraphQLClient> _clients = [];
    private int _users;

    public PostgresDatabase Database { get; } = new(server);

    public FakeClock Clock { get; } = new(Noon);

    public DataPlaneSimulator DataPlanes { get; private set; } = null!;

    public ApiHost Host { get; private set; } = null!;

    /// <summary>Somebody who shows no token.</summary>
    public GraphQLClient Anonymous { get; private set; } = null!;

    /// <summary>A System Admin, called <c>root</c>.</summary>
    public GraphQLClient Admin { get; private set; } = null!;

    /// <summary>A user called <c>plain</c> who holds no role.</summary>
    public GraphQLClient Plain { get; private set; } = null!;

    /// <summary>Every test can run alone, and after any other. The users stay.</summary>
    public Task ForgetClustersAsync()
        => Database.ExecuteAsync(
            $"""
             delete from {HoustonNames.Deployment};
             delete from {HoustonNames.Cluster};
             delete from {HoustonNames.Workspace};
             delete from {HoustonNames.OutboxEvent};
             delete from {HoustonNames.AuditLog};
             """,
            CancellationToken.None);

    /// <summary>Changes roles, teams or users by hand. The host hears of that through the database a moment later; here it knows at once.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await Database.ExecuteAsync(sql, cancellationToken);
        Host.Services.GetRequiredService<TokenVerifier>().ForgetAll();
    }

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        DataPlanes = await DataPlaneSimulator.StartAsync(new DataPlaneSimulatorOptions { Defaults = new SimulatorDefaults { Seed = 1 } });
        Host = await ApiHost.StartAsync(Database, Clock);
        Anonymous = Keep(Host.Anonymous);
        Admin = await SignInAsync("root", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));
        Plain = await SignInAsync("plain");
    }

    /// <summary>A new user who holds these roles.</summary>
    public Task<GraphQLClient> SignInAsync(params RoleGrant[] grants)
        => SignInAsync(string.Create(CultureInfo.InvariantCulture, $"user{++_users}"), grants);

    public async Task<GraphQLClient> SignInAsync(string username, params RoleGrant[] grants) => Keep(Anonymous.As(await TokenAsync(username, grants)));

    /// <summary>The token of a new user who holds these roles.</summary>
    public async Task<string> TokenAsync(string username, params RoleGrant[] grants)
    {
        var user = new User { Id = Guid.CreateVersion7(Noon), Username = username, Status = UserStatus.Active, CreatedAt = Noon, UpdatedAt = Noon };

        await AddAsync([user, .. grants.Select(grant => new RoleBinding
        {
            Id = Guid.CreateVersion7(Noon),
            UserId = user.Id,
            Role = grant.Role.Name,
            WorkspaceId = grant.WorkspaceId,
            DeploymentId = grant.DeploymentId,
            ClusterId = grant.ClusterId,
            CreatedAt = Noon,
        })]);

        var session = await Host.Services.GetRequiredService<UserSignIn>()
            .BeginAsync(user, null, Caller.Anonymous.During("test"), TestContext.Current.CancellationToken);
        return session.Token.Text;
    }

    /// <summary>Sends a body as it is, as <c>curl</c> does.</summary>
    public async Task<GraphQLAnswer> PostAsync(string body, string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, "/v1"));
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new GraphQLAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Stores clusters as if they had been registered, each with an answer at noon.</summary>
    public Task AddAsync(params Cluster[] clusters) => AddAsync(clusters.Select(cluster => (cluster, (DateTimeOffset?)Noon)));

    /// <summary>Stores clusters with the time of their last answer.</summary>
    public Task AddAsync(IEnumerable<(Cluster Cluster, DateTimeOffset? ObservedAt)> clusters)
        => AddAsync(
        [
            .. clusters.SelectMany(c => new object[]
            {
                c.Cluster,
                new ClusterObservation { ClusterId = c.Cluster.Id, Number = 0, ObservedAt = c.ObservedAt, AttemptedAt = c.ObservedAt },
            }),
        ]);

    public async Task<Guid> AddWorkspaceAsync(string label)
    {
        var workspace = new Workspace { Id = Guid.CreateVersion7(Noon), Label = label, CreatedAt = Noon, UpdatedAt = Noon };
        await AddAsync([workspace]);
        return workspace.Id;
    }

    public async Task<Guid> AddDeploymentAsync(string releaseName, Guid clusterId, Guid workspaceId, DateTimeOffset? deletedAt = null)
    {
        var deployment = new Deployment
        {
            Id = Guid.CreateVersion7(Noon),
            ReleaseName = releaseName,
            Label = releaseName,
            WorkspaceId = workspaceId,
            ClusterId = clusterId,
            DeletedAt = deletedAt,
            CreatedAt = Noon,
            UpdatedAt = Noon,
        };
        await AddAsync([deployment]);
        return deployment.Id;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Host.DisposeAsync();
        await DataPlanes.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task AddAsync(IEnumerable<object> entities)
    {
        await using var db = Database.CreateContext();
        db.AddRange(entities);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private GraphQLClient Keep(GraphQLClient client)
    {
        _clients.Add(client);
        return client;
    }
}
