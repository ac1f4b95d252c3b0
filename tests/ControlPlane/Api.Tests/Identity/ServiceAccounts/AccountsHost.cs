using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>A host with things that service accounts can belong to, and people with roles on them.</summary>
internal sealed class AccountsHost : IAsyncDisposable
{
    private readonly PostgresDatabase _database;

    private AccountsHost(PostgresDatabase database, ApiHost host, GraphQLClient admin)
    {
        _database = database;
        Host = host;
        Admin = admin;
    }

    public ApiHost Host { get; }

    /// <summary>A System Admin.</summary>
    public GraphQLClient Admin { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AccountsHost> StartAsync(PostgresDatabase database, TimeProvider? clock = null)
    {
        var host = await ApiHost.StartAsync(database, clock);
        return new AccountsHost(database, host, await host.SignInAsAdminAsync(Cancellation));
    }

    /// <summary>A new workspace, a new deployment of a new workspace, or a new cluster; nothing for the platform.</summary>
    public async Task<ServiceAccountEntity> AddAsync(EntityType type)
    {
        var id = type is EntityType.System ? (Guid?)null : Guid.NewGuid();
        await using var db = _database.CreateContext();
        var now = TestClusters.Noon;

        if (type is EntityType.Workspace or EntityType.Deployment)
        {
            var workspace = new Workspace
            {
                Id = type is EntityType.Workspace ? id!.Value : Guid.NewGuid(),
                Label = $"{Guid.NewGuid():N}",
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Add(workspace);

            if (type is EntityType.Deployment)
            {
                db.Add(new Deployment
                {
                    Id = id!.Value,
                    ReleaseName = $"{id:N}",
                    Label = "one",
                    WorkspaceId = workspace.Id,
                    CreatedAt = now,
                    UpdatedAt = now,
                });
            }
        }

        if (type is EntityType.Cluster)
        {
            var cluster = TestClusters.Make($"{Guid.NewGuid():N}");
            id = cluster.Id;
            db.Add(cluster);
            db.Add(new ClusterObservation { ClusterId = cluster.Id });
        }

        await db.SaveChangesAsync(Cancellation);
        return new ServiceAccountEntity(type, id);
    }

    /// <summary>Somebody new who holds this role there, and nothing else.</summary>
    public async Task<GraphQLClient> SignInAsync(string role, ServiceAccountEntity entity)
    {
        var issuer = Host.Services.GetRequiredService<TokenIssuer>();
        var now = Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var user = new User { Id = Guid.NewGuid(), Username = $"{Guid.NewGuid():N}", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
        var (token, row) = issuer.IssueForUser(user.Id);
        await using var db = _database.CreateContext();
        db.AddRange(user, row, new RoleBinding
        {
            Id = Guid.NewGuid(),
            Role = role,
            UserId = user.Id,
            WorkspaceId = entity.WorkspaceId,
            DeploymentId = entity.DeploymentId,
            ClusterId = entity.ClusterId,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(Cancellation);
        return Host.Anonymous.As(token.Text);
    }

    /// <summary>A new account with this role there.</summary>
    public async Task<MadeAccount> MakeAsync(ServiceAccountEntity entity, string role, string label = "robot", string? category = null)
    {
        var made = await Admin.SendAsync(
            """
            mutation($label: String!, $category: String, $type: EntityType!, $id: Uuid, $role: Role!) {
              createServiceAccount(label: $label, category: $category, entityType: $type, entityUuid: $id, role: $role) { id apiKey }
            }
            """,
            new { label, category, type = ScopeOf(entity).EntityType, id = entity.Id, role },
            Cancellation);
        return new MadeAccount(made.Text("createServiceAccount.id"), made.Text("createServiceAccount.apiKey"));
    }

    /// <summary>The error's code that a caller with this key gets; null where the key works.</summary>
    public async Task<string?> RefusalAsync(string key)
    {
        using var robot = Host.Anonymous.As(key);
        return CodeOf(await robot.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation));
    }

    /// <summary>The code of the answer's first error; null for none.</summary>
    public static string? CodeOf(GraphQLAnswer answer)
    {
        using var body = System.Text.Json.JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
    }

    /// <summary>How operations call what accounts belong to: their infix, the argument that names it, and its type in answers.</summary>
    public static (string Infix, string Argument, string EntityType) ScopeOf(ServiceAccountEntity entity) => entity.Type switch
    {
        EntityType.System => ("System", "", "SYSTEM"),
        EntityType.Workspace => ("Workspace", "workspaceUuid", "WORKSPACE"),
        EntityType.Deployment => ("Deployment", "deploymentUuid", "DEPLOYMENT"),
        _ => ("Cluster", "clusterId", "CLUSTER"),
    };

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>A service account with its key.</summary>
internal sealed record MadeAccount(string Id, string Key)
{
    /// <summary>What answers show of the key later.</summary>
    public string Masked => Key[..14];
}
