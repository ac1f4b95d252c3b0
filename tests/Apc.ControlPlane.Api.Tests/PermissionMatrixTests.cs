using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Api.Tests.Data;
using Apc.ControlPlane.Api.Tests.Features.Clusters.Subscriptions;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Every root field of the schema, asked by the holder of every role as user and as service account. A role that is bound to something is held on the one
/// cluster, workspace and deployment that all arguments name.
/// </summary>
public sealed class PermissionMatrixTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Nobody = "nobody";

    private readonly Cluster _cluster = TestClusters.Make("one");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_root_field_is_open_to_those_who_are_listed()
    {
        await using var host = await ApiHost.StartAsync(database, clock: null, "Houston:PublicSignups=true");
        using var anonymous = host.Anonymous;
        var callers = await MakeCallersAsync(host.Services.GetRequiredService<TokenIssuer>());
        var matrix = new StringBuilder();

        foreach (var (name, operation) in await RootFieldsAsync(anonymous))
        {
            var open = new List<string>();
            var isStream = name.StartsWith("Subscription.", StringComparison.Ordinal);

            foreach (var (caller, tokens) in callers)
            {
                var verdicts = new HashSet<bool>();

                foreach (var token in tokens)
                {
                    var answer = isStream ? await SubscribeAsync(host, token, operation) : await AskAsync(anonymous, token, operation);
                    verdicts.Add(IsRefused(answer, isSignedIn: token is not null));
                }

                Assert.True(verdicts.Count == 1, $"{name}: users and service accounts with {caller} differ.");

                if (!verdicts.Single())
                {
                    open.Add(caller);
                }
            }

            matrix.Append(name).Append(": ").Append(Summary(open, callers.Count)).Append('\n');
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
        if (open.Count == all)
        {
            return "everybody";
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
        const string Type = "type { kind name ofType { kind name } }";
        const string Fields = $"fields {{ name args {{ name {Type} }} {Type} }}";
        var answer = await client.SendAsync(
            $"{{ __schema {{ queryType {{ {Fields} }} mutationType {{ {Fields} }} subscriptionType {{ {Fields} }} }} }}", cancellationToken: Cancellation);

        return
        [
            .. answer.Data("__schema.queryType.fields").EnumerateArray().Select(f => ($"Query.{NameOf(f)}", $"query {{ {Field(f)} }}")),
            .. answer.Data("__schema.mutationType.fields").EnumerateArray().Select(f => ($"Mutation.{NameOf(f)}", $"mutation {{ {Field(f)} }}")),
            .. answer.Data("__schema.subscriptionType.fields").EnumerateArray().Select(f => ($"Subscription.{NameOf(f)}", $"subscription {{ {Field(f)} }}")),
        ];
    }

    private string Field(JsonElement field)
    {
        var arguments = field.GetProperty("args").EnumerateArray()
            .Where(a => a.GetProperty("type").GetProperty("kind").GetString() == "NON_NULL")
            .Select(a => $"{NameOf(a)}: {Value(NameOf(a.GetProperty("type").GetProperty("ofType")))}")
            .ToList();
        var type = field.GetProperty("type");
        var isLeaf = type.GetProperty("kind").GetString() is "SCALAR" or "ENUM";
        return $"{NameOf(field)}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}{(isLeaf ? "" : " { __typename }")}";
    }

    private string Value(string type) => type switch
    {
        "Uuid" or "ID" => $"\"{_cluster.Id}\"",
        "Role" => "SYSTEM_VIEWER",
        "String" => "\"\"",
        "JSON" => "{}",
        _ => throw new NotSupportedException($"Say here which value of {type} is harmless."),
    };

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;

    /// <summary>For each role the tokens of a user and of a service account; for nobody no token.</summary>
    private async Task<List<(string Name, string?[] Tokens)>> MakeCallersAsync(TokenIssuer issuer)
    {
        var now = TestClusters.Noon;
        var workspace = new Workspace { Id = Guid.CreateVersion7(now), Label = "one", CreatedAt = now, UpdatedAt = now };

        // It keeps the cluster from being deregistered by those who may.
        var deployment = new Deployment
        {
            Id = Guid.CreateVersion7(now),
            ReleaseName = "first-light-1234",
            Label = "one",
            WorkspaceId = workspace.Id,
            ClusterId = _cluster.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var callers = new List<(string, string?[])> { (Nobody, [null]) };

        await using var db = database.CreateContext();
        db.Clusters.Add(_cluster);
        db.ClusterObservations.Add(new ClusterObservation { ClusterId = _cluster.Id });
        db.Workspaces.Add(workspace);
        db.Deployments.Add(deployment);

        foreach (var role in RoleTable.BuiltIn.All)
        {
            var name = role.Name;
            var scope = role.Scope;
            var user = new User { Id = Guid.CreateVersion7(now), Username = name, Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
            var (token, row) = issuer.IssueForUser(user.Id);
            var key = issuer.IssueForServiceAccount();
            var account = new ServiceAccount
            {
                Id = Guid.CreateVersion7(now),
                Label = name,
                PublicId = key.PublicId,
                SecretHash = key.SecretHash,
                CreatedAt = now,
                UpdatedAt = now,
            };

            RoleBinding Bind(Guid? userId, Guid? accountId) => new()
            {
                Id = Guid.CreateVersion7(now),
                Role = name,
                UserId = userId,
                ServiceAccountId = accountId,
                WorkspaceId = scope == RoleScope.Workspace ? workspace.Id : null,
                DeploymentId = scope == RoleScope.Deployment ? deployment.Id : null,
                ClusterId = scope == RoleScope.Cluster ? _cluster.Id : null,
                CreatedAt = now,
            };

            db.AddRange(user, row, account, Bind(user.Id, null), Bind(null, account.Id));
            callers.Add((name, [token.Text, key.Text]));
        }

        await db.SaveChangesAsync(Cancellation);
        return callers;
    }
}
