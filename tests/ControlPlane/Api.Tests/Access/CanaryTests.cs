using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.GraphQL.Execution.Pipeline;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>
/// Sends every mutation of the schema, also those that are yet to come: by a stranger, by a plain user and by a System Admin, with a canary in every argument
/// that takes a secret; catches the secrets that come back; and then looks for all of them wherever none may be.
/// </summary>
/// <remarks>All ids are one: the cluster, the workspace, the deployment, the user, the team, the service account and the invitation of the test share it.</remarks>
public sealed partial class CanaryTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string AdminPassword = "Canary-Root-Aa1!";
    private const string DatabasePassword = "Canary-Database-Aa1!";
    private const string SmtpPassword = "Canary-Smtp-Aa1!";
    private const string ClientSecret = "Canary-OAuth-Client-Secret-Aa1!";

    // What these show, they show on purpose, and once.
    private static readonly string[] ShowsSecrets = ["apiKey", "token", "value", "link", "url"];

    // Stored in the open for everybody who may see the cluster: no place for a secret, and documented so.
    private static readonly string[] OpenDocuments = ["deploymentsConfigOverride", "statusReason"];

    private readonly Cluster _cluster = StoredClusters.Make("one");
    private readonly HashSet<string> _planted = [AdminPassword, DatabasePassword, SmtpPassword, ClientSecret];
    private readonly Dictionary<string, string> _returned = [];
    private int _calls;

    private Guid One => _cluster.Id;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_found_where_none_may_be()
    {
        using var log = new FakeLoggerProvider();
        await using var audit = new AuditOutput();
        await using var host = await ControlPlaneHost.StartAsync(Settings(), builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
            audit.AddTo(builder.Services);
        });
        using var anonymous = new GraphQLClient(new Uri(host.Address, "/v1"));
        using var plain = anonymous.As(await StoreAsync(host.Services.GetRequiredService<TokenIssuer>()));
        using var admin = anonymous.As((await anonymous.SendAsync(
            $$"""mutation { createToken(identity: "admin@example.com", password: "{{AdminPassword}}") { token { value } } }""", cancellationToken: Stop)).Text("createToken.token.value"));
        var answers = new List<(string Operation, string Body)>();

        foreach (var mutation in await MutationsAsync(anonymous))
        {
            // Those who may not first: an admin may leave nothing to be refused.
            foreach (var caller in new[] { anonymous, plain, admin })
            {
                var operation = $"mutation {{ {mutation(caller == admin)} }}";
                var body = (await caller.SendAsync(operation, cancellationToken: Stop)).Body;
                Assert.False(body.Contains("GRAPHQL_VALIDATION_FAILED", StringComparison.Ordinal), $"{operation}: {body}");
                answers.Add((operation, body));
                Catch(body);
            }
        }

        while (host.Services.GetRequiredService<FailureRows>().Waiting > 0)
        {
            await Task.Yield();
        }

        // Looking proves nothing where there is nothing to look at.
        var rows = await SecretsTests.DumpAsync(database);
        string[] known = ["createUser", "createToken", "createSystemServiceAccount", "rotateServiceAccountKey", "createPasswordResetLink", "inviteUser"];
        Assert.Empty(known.Except(answers.Where(a => _returned.Keys.Any(s => a.Body.Contains(s, StringComparison.Ordinal))).Select(a => NameIn(a.Operation))));
        Assert.Contains(log.Lines, line => line.Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("FORBIDDEN", StringComparison.Ordinal));

        string[] secrets = [.. _planted, .. _returned.Keys];
        Assert.Empty(SecretsTests.Leaks(log.Lines, secrets));
        Assert.Empty(SecretsTests.Leaks(audit.Calls, secrets));
        Assert.Empty(SecretsTests.Leaks(rows, [.. secrets, .. secrets.Select(s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)))]));

        // No answer repeats what was sent, and what comes back comes in the one answer that must show it.
        Assert.Empty(SecretsTests.Leaks(answers.Select(a => a.Body), [.. _planted]));
        Assert.DoesNotContain(_returned.Keys, secret => answers.Count(a => a.Body.Contains(secret, StringComparison.Ordinal)) != 1);

        // Failures have the action that a success has.
        var declared = host.Services.GetRequiredService<GraphQLExecutor>().Schema.MutationType!.Fields.Values.ToDictionary(field => field.Name, field => AuditedAction.Of(field)!.Action);
        var misnamed = string.Join('\n', (await ActionsAsync()).Select(line => line.Split(' ')).Where(words => !words.Skip(1).Contains(declared[words[0]]))
            .Select(words => $"{words[0]} is {string.Join(" or ", words.Skip(1))}, but {declared[words[0]]} where it fails"));
        Assert.True(misnamed.Length == 0, misnamed);
    }

    private string[] Settings() =>
    [
        "--urls=http://127.0.0.1:0",
        $"--ConnectionStrings:ControlPlane={database.ConnectionString};Password={DatabasePassword}",
        "--Houston:PublicSignups=true", "--Houston:EmailConfirmation=false",
        "--Houston:EmailConfirmation=false",
        "--Houston:SyncDataplaneClusters:Enabled=false",
        "--Bootstrap:AdminEmail=admin@example.com",
        $"--Bootstrap:AdminPassword={AdminPassword}",
        "--Auth:Providers:corp:ClientId=control-plane",
        $"--Auth:Providers:corp:ClientSecret={ClientSecret}",
        "--Auth:Providers:corp:AuthorizationEndpoint=https://idp.example.com/authorize",
        "--Auth:Providers:corp:TokenEndpoint=https://idp.example.com/token",
        "--Auth:Providers:corp:UserInfoEndpoint=https://idp.example.com/userinfo",
        "--Logging:LogLevel:Default=Trace",
        "--Logging:LogLevel:Microsoft=Trace",
        "--Logging:LogLevel:Npgsql=Trace",
        "--Serilog:MinimumLevel:Default=Fatal",
    ];

    /// <summary>The operations that succeeded, each with its actions: <c>updateCluster cluster.update</c>.</summary>
    private Task<List<string>> ActionsAsync()
        => database.QueryAsync<string>(
            $"select operation || ' ' || string_agg(distinct action, ' ') from {HoustonNames.AuditLog} where outcome = 'SUCCESS' and variables is not null group by operation order by operation", Stop);

    /// <summary>For each mutation a function that writes it anew, with fresh canaries; those that remove things come last.</summary>
    private async Task<List<Func<bool, string>>> MutationsAsync(GraphQLClient client)
    {
        const string Type = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        var answer = await client.SendAsync(
            $"{{ __schema {{ mutationType {{ name }} types {{ kind name enumValues {{ name }} inputFields {{ name {Type} }} fields(includeDeprecated: true) {{ name args {{ name {Type} }} {Type} }} }} }} }}",
            cancellationToken: Stop);
        var types = answer.Data("__schema.types").EnumerateArray().ToDictionary(t => NameOf(t));

        return
        [
            .. types["Mutation"].GetProperty("fields").EnumerateArray()
                .OrderBy(f => Removal().IsMatch(NameOf(f)))
                .Select<JsonElement, Func<bool, string>>(f => asAdmin => $"{NameOf(f)}{Arguments(f, types, asAdmin)}{Selection(f.GetProperty("type"), types, depth: 3)}"),
        ];
    }

    private string Arguments(JsonElement field, Dictionary<string, JsonElement> types, bool asAdmin)
    {
        _calls++;
        var arguments = field.GetProperty("args").EnumerateArray()
            .Select(a => $"{NameOf(a)}: {Value(NameOf(field), NameOf(a), a.GetProperty("type"), types, asAdmin)}");
        var text = string.Join(", ", arguments);
        return text.Length == 0 ? "" : $"({text})";
    }

    private string Value(string field, string argument, JsonElement type, Dictionary<string, JsonElement> types, bool asAdmin)
    {
        var value = type.GetProperty("kind").GetString() switch
        {
            "NON_NULL" => Value(field, argument, type.GetProperty("ofType"), types, asAdmin),
            "LIST" => $"[{Value(field, argument, type.GetProperty("ofType"), types, asAdmin)}]",
            "INPUT_OBJECT" => $"{{ {string.Join(", ", types[NameOf(type)].GetProperty("inputFields").EnumerateArray().Select(f => $"{NameOf(f)}: {Value(field, NameOf(f), f.GetProperty("type"), types, asAdmin)}"))} }}",
            "ENUM" when NameOf(type) == "Role" => RoleFor(field),
            "ENUM" => NameOf(types[NameOf(type)].GetProperty("enumValues")[0]),
            _ => null,
        };

        return value ?? NameOf(type) switch
        {
            "Uuid" or "Id" or "ID" => $"\"{One}\"",
            "Int" => argument == "duration" ? "3600000" : "0",
            "Boolean" => "true",
            "Float" => "1.5",
            "DateTime" => "null",
            "JSON" when OpenDocuments.Contains(argument) => "{}",
            "JSON" => $$"""{ password: "{{Plant(field)}}", currentPassword: "{{Plant(field)}}", apiKey: "{{Plant(field)}}", token: "{{Plant(field)}}" }""",
            "String" => $"\"{Text(field, argument, asAdmin)}\"",
            var name => throw new NotSupportedException($"Say here which value of {name} is harmless."),
        };
    }

    private string Text(string field, string argument, bool asAdmin) => argument switch
    {
        // An admin signs in with the right password, so that there is a success too.
        "identity" when asAdmin => "admin@example.com",
        "password" when asAdmin && field == "createToken" => AdminPassword,
        "email" when field is "createUser" or "inviteUser" => string.Create(CultureInfo.InvariantCulture, $"fresh{_calls}@example.com"),
        "email" => "victim@example.com",
        "metadataUrl" => $"https://user:{Plant(field)}@dp.example.com/",
        "provider" => "local",
        _ when Secretive().IsMatch(argument) => Plant(field),
        _ => string.Create(CultureInfo.InvariantCulture, $"thing{_calls}"),
    };

    private string Plant(string field)
    {
        var canary = string.Create(CultureInfo.InvariantCulture, $"Canary-{field}-{_planted.Count}-Aa1!");
        _planted.Add(canary);
        return canary;
    }

    private static string RoleFor(string field) => field switch
    {
        _ when field.Contains("workspace", StringComparison.OrdinalIgnoreCase) => "WORKSPACE_VIEWER",
        _ when field.Contains("deployment", StringComparison.OrdinalIgnoreCase) => "DEPLOYMENT_VIEWER",
        _ when field.Contains("cluster", StringComparison.OrdinalIgnoreCase) => "CLUSTER_VIEWER",
        _ => "SYSTEM_VIEWER",
    };

    /// <summary>Every field that needs no argument, some levels deep.</summary>
    private static string Selection(JsonElement type, Dictionary<string, JsonElement> types, int depth)
    {
        if (IsLeaf(type))
        {
            return "";
        }

        var fields = types[NameOf(Named(type))].GetProperty("fields").EnumerateArray()
            .Where(f => f.GetProperty("args").EnumerateArray().All(a => a.GetProperty("type").GetProperty("kind").GetString() != "NON_NULL"))
            .Where(f => depth > 1 || IsLeaf(f.GetProperty("type")))
            .Select(f => NameOf(f) + Selection(f.GetProperty("type"), types, depth - 1));
        return $" {{ __typename {string.Join(' ', fields)} }}";
    }

    private static bool IsLeaf(JsonElement type) => Named(type).GetProperty("kind").GetString() is "SCALAR" or "ENUM";

    private static JsonElement Named(JsonElement type)
        => type.TryGetProperty("ofType", out var inner) && inner.ValueKind is JsonValueKind.Object ? Named(inner) : type;

    /// <summary>Notes the secrets in an answer: of a token its secret part, of a link its last part.</summary>
    private void Catch(string body)
    {
        using var document = JsonDocument.Parse(body);

        foreach (var (name, value) in Texts(document.RootElement))
        {
            // Shown later too: a key without its secret.
            if (ShowsSecrets.Contains(name) && value.Length > 14)
            {
                var secret = AccessTokenText().Match(value) is { Success: true } token ? token.Groups[1].Value : value[(value.LastIndexOfAny(['=', '/', '#']) + 1)..];
                _returned.TryAdd(secret, name);
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Texts(JsonElement element, string name = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value, member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Texts(item, name)),
        JsonValueKind.String => [(name, element.GetString()!)],
        _ => [],
    };

    private static string NameIn(string operation) => operation.Split(' ', '(')[2];

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString() ?? "";

    /// <summary>One of everything, all with the same id, and a plain user, whose token is the answer.</summary>
    private async Task<string> StoreAsync(TokenIssuer issuer)
    {
        var now = FakeClock.Noon;
        var eve = new User { Id = Guid.CreateVersion7(now), Username = "eve", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
        var (token, row) = issuer.IssueForUser(eve.Id);
        await using var db = database.CreateContext();
        db.AddRange(
            eve,
            row,
            _cluster,
            new ClusterObservation { ClusterId = One },
            new Workspace { Id = One, Label = "one", CreatedAt = now, UpdatedAt = now },
            new Deployment { Id = One, ReleaseName = "one-1234", Label = "one", WorkspaceId = One, ClusterId = One, CreatedAt = now, UpdatedAt = now },
            new User { Id = One, Username = "victim", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now },
            new Email { Id = One, Address = "victim@example.com", Primary = true, Verified = true, UserId = One, CreatedAt = now, UpdatedAt = now },
            new Team { Id = One, Name = "one", Provider = Team.LocalProvider, CreatedAt = now, UpdatedAt = now },
            new CustomRole { Id = One, Name = "ONE", Scope = RoleScope.System, Permissions = [], CreatedAt = now, UpdatedAt = now },
            new ServiceAccount { Id = One, Label = "one", CreatedAt = now, UpdatedAt = now });
        await db.SaveChangesAsync(Stop);
        return token.Text;
    }

    [GeneratedRegex("^(delete|remove|deregister)|Remove")]
    private static partial Regex Removal();

    [GeneratedRegex("password|token|secret|key|identity", RegexOptions.IgnoreCase)]
    private static partial Regex Secretive();

    [GeneratedRegex("^apc_[us]_[0-9A-Za-z]{8}([0-9A-Za-z]{35})[0-9A-Za-z]{6}$")]
    private static partial Regex AccessTokenText();
}
