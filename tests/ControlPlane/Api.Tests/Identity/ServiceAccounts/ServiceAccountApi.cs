using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>What tests of service accounts do first: things that accounts can belong to, people with roles on them, accounts.</summary>
internal static class ServiceAccountApi
{
    /// <summary>A new workspace, a new deployment of a new workspace, or a new cluster; nothing for the platform.</summary>
    public static async Task<ServiceAccountEntity> AddEntityAsync(this Installation api, EntityType type)
    {
        switch (type)
        {
            case EntityType.Workspace:
                return new ServiceAccountEntity(type, await api.AddWorkspaceAsync());
            case EntityType.Deployment:
                var workspace = await api.AddWorkspaceAsync();
                return new ServiceAccountEntity(type, await api.AddDeploymentAsync($"{Guid.NewGuid():N}", clusterId: null, workspace));
            case EntityType.Cluster:
                var cluster = StoredClusters.Make($"{Guid.NewGuid():N}");
                await api.AddClustersAsync(cluster);
                return new ServiceAccountEntity(type, cluster.Id);
            default:
                return new ServiceAccountEntity(type, null);
        }
    }

    /// <summary>A new user who holds this role there, and no other role.</summary>
    public static Task<GraphQLClient> SignInAsync(this Installation api, string role, ServiceAccountEntity entity)
        => api.SignInAsync(RoleTable.BuiltIn.Grant(role, entity.WorkspaceId, entity.DeploymentId, entity.ClusterId));

    /// <summary>A new account with this role there.</summary>
    public static async Task<MadeAccount> MakeAccountAsync(
        this Installation api, ServiceAccountEntity entity, string role, string label = "robot", string? category = null)
    {
        var made = await api.Admin.AskAsync(
            """
            mutation($label: String!, $category: String, $type: EntityType!, $id: Uuid, $role: Role!) {
              createServiceAccount(label: $label, category: $category, entityType: $type, entityUuid: $id, role: $role) { id apiKey }
            }
            """,
            new { label, category, type = ScopeOf(entity).EntityType, id = entity.Id, role });
        return new MadeAccount(made.Text("createServiceAccount.id"), made.Text("createServiceAccount.apiKey"));
    }

    /// <summary>The code of the error that a caller with this key gets; null if the key works.</summary>
    public static async Task<string?> RefusalAsync(this Installation api, string key)
        => (await api.AskAsync(key, "{ self { isAdmin } }")).Code;

    /// <summary>How operations call what accounts belong to: their infix, the argument that names it, and its type in answers.</summary>
    public static (string Infix, string Argument, string EntityType) ScopeOf(ServiceAccountEntity entity) => entity.Type switch
    {
        EntityType.System => ("System", "", "SYSTEM"),
        EntityType.Workspace => ("Workspace", "workspaceUuid", "WORKSPACE"),
        EntityType.Deployment => ("Deployment", "deploymentUuid", "DEPLOYMENT"),
        _ => ("Cluster", "clusterId", "CLUSTER"),
    };
}

/// <summary>A service account with its key.</summary>
internal sealed record MadeAccount(string Id, string Key)
{
    /// <summary>What answers show of the key later.</summary>
    public string Masked => Key[..14];
}
