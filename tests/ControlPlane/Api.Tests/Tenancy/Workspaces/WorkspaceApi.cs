using System.Globalization;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>Somebody who is signed in.</summary>
internal sealed record Person(Guid Id, string Email, GraphQLClient Client);

/// <summary>The real host with people, teams and workspaces, which have names of their own in each test.</summary>
public sealed class WorkspaceApi(PostgresServer server) : IAsyncLifetime
{
    private readonly List<GraphQLClient> _clients = [];
    private int _names;

    public ClusterApi Clusters { get; } = new(server);

    public PostgresDatabase Database => Clusters.Database;

    public GraphQLClient Admin => Clusters.Admin;

    public ValueTask InitializeAsync() => Clusters.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Clusters.DisposeAsync();
    }

    /// <summary>A name that nothing has yet.</summary>
    public string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref _names)}");

    public Task<Guid> AddWorkspaceAsync(string label = "workspace") => Clusters.AddWorkspaceAsync(Name(label));

    /// <summary>Somebody with an address who holds these roles in this workspace.</summary>
    internal Task<Person> AddPersonAsync(Guid workspaceId, params string[] roles)
        => AddPersonAsync([.. roles.Select(role => RoleTable.BuiltIn.Grant(role, workspaceId: workspaceId))]);

    /// <summary>Somebody with an address who holds these roles.</summary>
    internal async Task<Person> AddPersonAsync(params RoleGrant[] grants)
    {
        var id = Guid.CreateVersion7(ClusterApi.Noon);
        var name = Name("person");
        var user = new User { Id = id, Username = name, Status = UserStatus.Active, CreatedAt = ClusterApi.Noon, UpdatedAt = ClusterApi.Noon };
        var email = new Email
        {
            Id = id,
            Address = $"{name}@example.com",
            Primary = true,
            Verified = true,
            UserId = id,
            CreatedAt = ClusterApi.Noon,
            UpdatedAt = ClusterApi.Noon,
        };
        await AddAsync([user, email, .. grants.Select(grant => Bind(grant, userId: id))]);
        var session = await Clusters.Host.Services.GetRequiredService<UserSignIn>()
            .BeginAsync(user, null, Caller.Anonymous.During("test"), TestContext.Current.CancellationToken);
        return new Person(id, email.Address, Keep(Clusters.Anonymous.As(session.Token.Text)));
    }

    /// <summary>Somebody invites a person to a workspace, who accepts.</summary>
    internal async Task JoinAsync(Person by, Guid workspaceId, Person person, string role = RoleNames.WorkspaceViewer)
    {
        var invited = await by.AskAsync(
            "mutation($id: Uuid!, $email: String!, $role: Role!) { workspaceAddUser(workspaceUuid: $id, email: $email, role: $role) { invites { email token } } }",
            new { id = workspaceId, email = person.Email, role });
        var token = invited.Data("workspaceAddUser.invites").EnumerateArray().Single(i => i.GetProperty("email").GetString() == person.Email).GetProperty("token").GetString();
        Assert.Null((await person.AskAsync("mutation($token: String!) { acceptInvite(inviteToken: $token) { id } }", new { token })).Refusal());
    }

    /// <summary>A team of these people that holds these roles.</summary>
    internal async Task<Guid> AddTeamAsync(Person[] people, params RoleGrant[] grants)
    {
        var team = new Team
        {
            Id = Guid.CreateVersion7(ClusterApi.Noon),
            Name = Name("team"),
            Provider = Team.LocalProvider,
            CreatedAt = ClusterApi.Noon,
            UpdatedAt = ClusterApi.Noon,
        };
        await AddAsync(
        [
            team,
            .. people.Select(p => new TeamUser { TeamId = team.Id, UserId = p.Id, CreatedAt = ClusterApi.Noon }),
            .. grants.Select(grant => Bind(grant, teamId: team.Id)),
        ]);
        return team.Id;
    }

    /// <summary>A service account of the platform with this role.</summary>
    internal async Task<Person> AddRobotAsync(string role)
    {
        var answer = await Admin.SendAsync(
            "mutation($label: String!, $role: Role!) { createSystemServiceAccount(label: $label, role: $role) { id apiKey } }",
            new { label = Name("robot"), role },
            TestContext.Current.CancellationToken);
        return new Person(
            Guid.Parse(answer.Text("createSystemServiceAccount.id")), "", Keep(Clusters.Anonymous.As(answer.Text("createSystemServiceAccount.apiKey"))));
    }

    /// <summary>What the audit trail says of a workspace or of roles in it, in the order of the alphabet.</summary>
    public Task<List<string>> AuditAsync(Guid workspaceId) => Database.QueryAsync<string>(
        $"""
         select concat_ws(' ', action, operation, "entityName", coalesce(before::text, '-'), coalesce(after::text, '-'))
         from {HoustonNames.AuditLog}
         where ("entityId" = '{workspaceId}' or before::text like '%{workspaceId}%' or after::text like '%{workspaceId}%') and outcome = 'SUCCESS'
         order by 1
         """,
        TestContext.Current.CancellationToken);

    /// <inheritdoc cref="ClusterApi.ExecuteAsync"/>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Clusters.ExecuteAsync(sql, cancellationToken);

    public async Task AddAsync(IEnumerable<object> entities)
    {
        await using var db = Database.CreateContext();
        db.AddRange(entities);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        // The news comes through the database, a moment later.
        Clusters.Host.Services.GetRequiredService<TokenVerifier>().ForgetAll();
    }

    private static RoleBinding Bind(RoleGrant grant, Guid? userId = null, Guid? teamId = null) => new()
    {
        Id = Guid.CreateVersion7(ClusterApi.Noon),
        Role = grant.Role.Name,
        UserId = userId,
        TeamId = teamId,
        WorkspaceId = grant.WorkspaceId,
        DeploymentId = grant.DeploymentId,
        ClusterId = grant.ClusterId,
        CreatedAt = ClusterApi.Noon,
    };

    private GraphQLClient Keep(GraphQLClient client)
    {
        _clients.Add(client);
        return client;
    }
}

/// <summary>What tests ask over and over.</summary>
internal static class WorkspaceAsking
{
    /// <summary>The code of the first refusal, or null.</summary>
    public static string? Refusal(this GraphQLAnswer answer)
    {
        using var body = System.Text.Json.JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
            : null;
    }

    public static Task<GraphQLAnswer> AskAsync(this Person person, string query, object? variables = null)
        => person.Client.SendAsync(query, variables, TestContext.Current.CancellationToken);

    public static Task<GraphQLAnswer> AskAsync(this GraphQLClient client, string query, object? variables = null)
        => client.SendAsync(query, variables, TestContext.Current.CancellationToken);
}
