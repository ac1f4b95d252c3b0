using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>
/// Attack: somebody who may not see users asks, operation by operation, whether an address has an account. Every root field of the schema that takes an address
/// is asked for one that somebody has, who is not here, and for one that nobody has: the whole answers have to be the same.
/// </summary>
public sealed partial class AddressOracleTests(Installation api) : IClassFixture<Installation>
{
    // What answers differently is somebody else's promise: how a sign-up answers for a taken address is told in SignUpTests.
    private static readonly string[] Elsewhere = ["createUser"];

    /// <summary>How each field is asked; <c>$email</c> is the address, <c>$id</c> the workspace, <c>$deployment</c> one of its deployments.</summary>
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["inviteUser"] = "mutation($email: String!) { inviteUser(email: $email) { id email role token assignments } }",
        ["workspaceAddUser"] =
            "mutation($id: Uuid!, $email: String!) { workspaceAddUser(workspaceUuid: $id, email: $email, role: WORKSPACE_EDITOR) { id users { id } roleBindings { role } invites { email role token expiresAt } } }",
        ["workspaceUpsertUserRole"] = "mutation($id: Uuid!, $email: String!) { workspaceUpsertUserRole(workspaceUuid: $id, email: $email, role: WORKSPACE_EDITOR) }",
        ["workspaceUpdateUserRole"] = "mutation($id: Uuid!, $email: String!) { workspaceUpdateUserRole(workspaceUuid: $id, email: $email, role: WORKSPACE_EDITOR) }",
        ["deploymentAddUserRole"] = "mutation($deployment: Id!, $email: String!) { deploymentAddUserRole(email: $email, deploymentId: $deployment, role: DEPLOYMENT_VIEWER) { id role } }",
        ["deploymentUpdateUserRole"] = "mutation($deployment: Id!, $email: String!) { deploymentUpdateUserRole(email: $email, deploymentId: $deployment, role: DEPLOYMENT_VIEWER) { id role } }",
        ["deploymentRemoveUserRole"] = "mutation($deployment: Id!, $email: String!) { deploymentRemoveUserRole(email: $email, deploymentId: $deployment) { id role } }",
        ["forgotPassword"] = "mutation($email: String!) { forgotPassword(email: $email) }",
        ["resendConfirmation"] = "mutation($email: String!) { resendConfirmation(email: $email) }",
        ["verifyEmail"] = "mutation($email: String!) { verifyEmail(email: $email) }",
        ["createToken"] = "mutation($email: String!) { createToken(identity: $email, password: \"wrong\") { token { value } } }",
        ["users"] = "query($email: String!) { users(email: $email) { id } }",
        ["paginatedUsers"] = "query($email: String!) { paginatedUsers(user: { email: $email }) { count } }",
        ["workspaceUsers"] = "query($id: Uuid!, $email: String!) { workspaceUsers(workspaceUuid: $id, user: { email: $email }) { id } }",
        ["workspaceUser"] = "query($id: Uuid!, $email: String!) { workspaceUser(workspaceUuid: $id, user: { email: $email }) { id } }",
        ["deploymentUsers"] = "query($deployment: Id!, $email: String!) { deploymentUsers(deploymentId: $deployment, user: { email: $email }) { id } }",
        ["invites"] = "query($email: String!) { invites(invite: { email: $email }) { id } }",
        ["workspaceInvites"] = "query($id: Uuid!, $email: String!) { workspaceInvites(workspaceUuid: $id, invite: { email: $email }) { email role } }",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_answer_tells_whether_an_address_has_an_account()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1));
        var id = await api.AddWorkspaceAsync();
        var deployment = await api.AddDeploymentAsync(api.Name("one"), StoredClusters.Id(1), id);
        var told = new List<string>();
        var taking = await TakingAddressesAsync();

        // Whoever adds a field that takes an address says here how to ask it.
        Assert.Empty(taking.Except(Fields.Keys).Except(Elsewhere));

        foreach (var (name, caller) in await CallersAsync(id, deployment))
        {
            foreach (var field in taking.Except(Elsewhere))
            {
                var known = (await api.AddPersonAsync()).Email;
                var unknown = "q" + known[1..];
                var (first, second) = (await AskAsync(caller, field, id, deployment, known), await AskAsync(caller, field, id, deployment, unknown));

                if (first != second)
                {
                    told.Add($"{field}, asked by {name}:\n  {first}\n  {second}");
                }
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    private static async Task<string> AskAsync(GraphQLClient caller, string field, Guid id, Guid deployment, string email)
    {
        var body = (await caller.AskAsync(Fields[field], new { id, deployment, email })).Body;
        Assert.DoesNotContain("GRAPHQL_VALIDATION_FAILED", body, StringComparison.Ordinal);
        body = body.Replace(email, "ADDRESS", StringComparison.Ordinal);

        // Of several the answer shows those before, too.
        return Token().Replace(Earlier().Replace(body, ""), "SECRET");
    }

    private async Task<Dictionary<string, GraphQLClient>> CallersAsync(Guid id, Guid deployment)
    {
        var local = await api.AddPersonAsync(
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: id), RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: deployment));
        var everything = await api.AddPersonAsync();

        // All of the platform's permissions but the one to see users.
        var permissions = RoleTable.BuiltIn[RoleNames.SystemAdmin].Permissions.Names.Where(p => p != Permissions.UsersGet);
        await api.ExecuteAsync(
            $$"""
              with role as (
                  insert into {{HoustonNames.CustomRole}} (id, name, scope, permissions, "createdAt", "updatedAt")
                  values (gen_random_uuid(), '{{api.Name("blind")}}', 'SYSTEM', '{{{string.Join(',', permissions)}}}', now(), now()) returning id)
              insert into {{HoustonNames.RoleBinding}} (id, "customRoleId", "userId", "createdAt") select gen_random_uuid(), id, '{{everything.Id}}', now() from role
              """,
            Cancelled);
        return new Dictionary<string, GraphQLClient>
        {
            ["a stranger"] = api.Anonymous,
            ["a plain user"] = (await api.AddPersonAsync()).Client,
            ["an admin of the workspace and deployment"] = local.Client,
            ["an admin who does not see users"] = everything.Client,
        };
    }

    /// <summary>The root fields with an argument, or a member of one, that is an address.</summary>
    private async Task<List<string>> TakingAddressesAsync()
    {
        const string Type = "kind name inputFields { name } ofType { kind name inputFields { name } }";
        var answer = await api.Admin.AskAsync(
            $"{{ __schema {{ queryType {{ fields(includeDeprecated: true) {{ name args {{ name type {{ {Type} }} }} }} }} mutationType {{ fields(includeDeprecated: true) {{ name args {{ name type {{ {Type} }} }} }} }} }} }}");
        return
        [
            .. from type in new[] { "__schema.queryType.fields", "__schema.mutationType.fields" }
               from field in answer.Data(type).EnumerateArray()
               where field.GetProperty("args").EnumerateArray().Any(a => IsAddress(a.GetProperty("name").GetString()!) || HasAddress(a.GetProperty("type")))
               select field.GetProperty("name").GetString()!,
        ];
    }

    private static bool IsAddress(string name) => name is "email" or "identity" or "address" or "username";

    private static bool HasAddress(JsonElement type)
    {
        var named = type.GetProperty("ofType") is { ValueKind: JsonValueKind.Object } inner ? inner : type;
        return named.GetProperty("inputFields") is { ValueKind: JsonValueKind.Array } members
            && members.EnumerateArray().Any(m => IsAddress(m.GetProperty("name").GetString()!));
    }

    [GeneratedRegex(@"\b[A-Za-z0-9]{43}\b|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Token();

    [GeneratedRegex(@",\{""email"":""[^""]*"",""role"":""[A-Z_]*"",""token"":null[^}]*\}|\{""email"":""[^""]*"",""role"":""[A-Z_]*"",""token"":null[^}]*\},")]
    private static partial Regex Earlier();
}
