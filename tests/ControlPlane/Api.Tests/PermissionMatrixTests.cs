using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Every root field of the schema, asked by the holder of every role: as a user, as a user whose team holds it, and as a service account. A role that is
/// bound to something is held on the one cluster, workspace and deployment that all arguments name: they share an id.
/// </summary>
public sealed class PermissionMatrixTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Nobody = "nobody";

    private readonly Cluster _cluster = StoredClusters.Make("one");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_root_field_is_open_to_those_who_are_listed()
    {
        await using var host = await ApiHost.StartAsync(database, clock: null, HostSetup.OpenSignUps);
        using var anonymous = host.Anonymous;
        var callers = await MakeCallersAsync(host.Services.GetRequiredService<TokenIssuer>());
        var matrix = new StringBuilder();

        foreach (var (name, operation) in await RootFieldsAsync(anonymous))
        {
            var isStream = name.StartsWith("Subscription.", StringComparison.Ordinal);
            var users = new List<string>();
            var accounts = new List<string>();

            foreach (var (caller, tokens) in callers)
            {
                var open = new List<bool>();

                foreach (var token in tokens)
                {
                    var answer = isStream ? await SubscribeAsync(host, token, operation) : await AskAsync(anonymous, token, operation);
                    open.Add(!IsRefused(answer, isSignedIn: token is not null));
                }

                Assert.True(open[0] == open[1], $"{name}: it differs whether a user holds {caller} or their team does.");
                (open[0] ? users : []).Add(caller);
                (open[2] ? accounts : []).Add(caller);
            }

            var summary = Summary(users, callers.Count);
            matrix.Append(name).Append(": ").Append(summary);

            if (!users.SequenceEqual(accounts))
            {
                matrix.Append("; as service accounts: ").Append(Summary(accounts, callers.Count));
            }

            matrix.Append('\n');
        }

        Snapshot.Match("permissions.txt", matrix.ToString());
    }

    private static async Task<string> AskAsync(GraphQLClient anonymous, string? token, string operation)
    {
        using var client = anonymous.As(token);
        var answer = await client.SendAsync(operation, cancellationToken: Cancellation);
        Assert.True(answer.Status is System.Net.HttpStatusCode.OK, $"{operation}: {answer.Body}");
        return answer.Body;
    }

    /// <summary>What is answered in place of a stream; an empty object where there is one.</summary>
    private static async Task<string> SubscribeAsync(ApiHost host, string? token, string operation)
    {
        await using var subscription = await HostSubscription.OpenAsync(host, token, operation);
        return subscription.Result.Stream is null ? subscription.Text : "{}";
    }

    private static string Summary(List<string> open, int all)
    {
        if (open.Count == 0 || open.Count == all)
        {
            return open.Count == 0 ? "nobody" : "everybody";
        }

        return open.Count == all - 1 && !open.Contains(Nobody) ? "everybody who is signed in" : string.Join(' ', open);
    }

    /// <summary>Whether the permission check refused; its code has to fit the caller.</summary>
    private static bool IsRefused(string answer, bool isSignedIn)
    {
        using var document = JsonDocument.Parse(answer);

        if (!document.RootElement.TryGetProperty("errors", out var errors)
            || errors[0].GetProperty("message").GetString() != "You do not have the appropriate permissions for that")
        {
            return false;
        }

        Assert.Equal(isSignedIn ? "FORBIDDEN" : "UNAUTHENTICATED", errors[0].GetProperty("extensions").GetProperty("code").GetString());
        return true;
    }

    /// <summary>A request for each root field, with a value for each argument that needs one.</summary>
    private async Task<List<(string Name, string Operation)>> RootFieldsAsync(GraphQLClient client)
    {
        const string Type = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        const string Fields = $"fields(includeDeprecated: true) {{ name args {{ name {Type} }} {Type} }}";
        var answer = await client.SendAsync(
            $"{{ __schema {{ types {{ name enumValues {{ name }} inputFields {{ name {Type} }} }} queryType {{ {Fields} }} mutationType {{ {Fields} }} subscriptionType {{ {Fields} }} }} }}",
            cancellationToken: Cancellation);
        var types = answer.Data("__schema.types").EnumerateArray().ToDictionary(NameOf);

        return
        [
            .. answer.Data("__schema.queryType.fields").EnumerateArray().Select(f => ($"Query.{NameOf(f)}", $"query {{ {Field(f, types)} }}")),
            .. answer.Data("__schema.mutationType.fields").EnumerateArray().Select(f => ($"Mutation.{NameOf(f)}", $"mutation {{ {Field(f, types)} }}")),
            .. answer.Data("__schema.subscriptionType.fields").EnumerateArray().Select(f => ($"Subscription.{NameOf(f)}", $"subscription {{ {Field(f, types)} }}")),
        ];
    }

    private string Field(JsonElement field, Dictionary<string, JsonElement> types)
    {
        var given = RequiredOf(field.GetProperty("args"), types);
        var type = field.GetProperty("type");

        while (type.TryGetProperty("ofType", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            type = inner;
        }

        var isLeaf = type.GetProperty("kind").GetString() is "SCALAR" or "ENUM";
        return $"{NameOf(field)}{(given.Length == 0 ? "" : $"({given})")}{(isLeaf ? "" : " { __typename }")}";
    }

    private string RequiredOf(JsonElement inputs, Dictionary<string, JsonElement> types)
        => string.Join(", ", inputs.EnumerateArray()
            .Where(a => a.GetProperty("type").GetProperty("kind").GetString() == "NON_NULL")
            .Select(a => $"{NameOf(a)}: {Value(a.GetProperty("type").GetProperty("ofType"), types)}"));

    private string Value(JsonElement type, Dictionary<string, JsonElement> types) => (type.GetProperty("kind").GetString(), NameOf(type)) switch
    {
        ("LIST", _) => "[]",
        ("INPUT_OBJECT", var name) => $"{{ {RequiredOf(types[name].GetProperty("inputFields"), types)} }}",
        (_, "Role") => "SYSTEM_VIEWER",
        ("ENUM", var name) => NameOf(types[name].GetProperty("enumValues")[0]),
        (_, "Uuid" or "Id" or "ID") => $"\"{_cluster.Id}\"",
        (_, "String") => "\"\"",
        (_, "Int") => "1",
        (_, "Boolean") => "false",
        (_, "JSON") => "{}",
        (_, "DateTime") => "\"2026-01-01T00:00:00Z\"",
        (_, var name) => throw new NotSupportedException($"Say here which value of {name} is harmless."),
    };

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString() ?? "";

    /// <summary>For each role the tokens of a user, of a user whose team holds it, and of a service account; for nobody no token.</summary>
    private async Task<List<(string Name, string?[] Tokens)>> MakeCallersAsync(TokenIssuer issuer)
    {
        var now = FakeClock.Noon;
        var workspace = new Workspace { Id = _cluster.Id, Label = "one", CreatedAt = now, UpdatedAt = now };

        // It keeps the cluster from being deregistered by those who may.
        var deployment = new Deployment
        {
            Id = _cluster.Id,
            ReleaseName = "first-light-1234",
            Label = "one",
            WorkspaceId = workspace.Id,
            ClusterId = _cluster.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var callers = new List<(string, string?[])> { (Nobody, [null, null, null]) };

        await using var db = database.CreateContext();
        db.Clusters.Add(_cluster);
        db.ClusterObservations.Add(new ClusterObservation { ClusterId = _cluster.Id });
        db.Workspaces.Add(workspace);
        db.Deployments.Add(deployment);

        foreach (var role in RoleTable.BuiltIn.All)
        {
            var name = role.Name;
            var scope = role.Scope;
            var (user, token, row) = MakeUser(name, issuer);
            var (member, membersToken, membersRow) = MakeUser($"{name} by a team", issuer);
            var team = new Team { Id = Guid.CreateVersion7(now), Name = name, Provider = Team.LocalProvider, CreatedAt = now, UpdatedAt = now };
            var membership = new TeamUser { TeamId = team.Id, UserId = member.Id, CreatedAt = now };
            var key = issuer.IssueForServiceAccount();
            var account = new ServiceAccount
            {
                Id = Guid.CreateVersion7(now),
                Label = name,
                CreatedAt = now,
                UpdatedAt = now,
            };
            var keyRow = new ServiceAccountKey { PublicId = key.PublicId, ServiceAccountId = account.Id, SecretHash = key.SecretHash, CreatedAt = now };

            RoleBinding Bind(Guid? userId = null, Guid? accountId = null, Guid? teamId = null) => new()
            {
                Id = Guid.CreateVersion7(now),
                Role = name,
                UserId = userId,
                ServiceAccountId = accountId,
                TeamId = teamId,
                WorkspaceId = scope == RoleScope.Workspace ? workspace.Id : null,
                DeploymentId = scope == RoleScope.Deployment ? deployment.Id : null,
                ClusterId = scope == RoleScope.Cluster ? _cluster.Id : null,
                CreatedAt = now,
            };

            db.AddRange(user, row, member, membersRow, team, membership, account, keyRow, Bind(user.Id), Bind(teamId: team.Id), Bind(accountId: account.Id));
            callers.Add((name, [token.Text, membersToken.Text, key.Text]));
        }

        await db.SaveChangesAsync(Cancellation);
        return callers;
    }

    private static (User User, IssuedToken Token, UserToken Row) MakeUser(string name, TokenIssuer issuer)
    {
        var now = FakeClock.Noon;
        var user = new User { Id = Guid.CreateVersion7(now), Username = name, Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
        var (token, row) = issuer.IssueForUser(user.Id);
        return (user, token, row);
    }
}
