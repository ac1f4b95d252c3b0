using System.Text.Json;
using Apc.ControlPlane.Domain.Deployments;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>
/// The attack: a name with a character that nobody sees, or that turns round what stands beside it, is taken for another's. Every argument of the schema's
/// mutations that stores a name is tried with a character of every kind that is refused.
/// </summary>
public sealed class InvisibleCharacterTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Role = "createCustomRole(name: $x, scope: SYSTEM, permissions: [\"system.clusters.get\"]) { id }";
    private const string TextOfAccount = "SERVICE_ACCOUNT_TEXT_INVALID";

    // Controls, formats (joiners, directions, tags), line and paragraph separators, private use, unassigned, no characters at all, and the fillers, joiners and selectors among letters, marks and symbols.
    private static readonly int[] Unseen =
    [
        0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0x00AD, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x2069, 0xFEFF, 0xE0001,
        0xE0041, 0x2028, 0x2029, 0xE000, 0xF0000, 0x10FFFD, 0x0378, 0xFFFE, 0xFDD0, 0x1FFFF, 0x034F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180F, 0x2800, 0x3164,
        0xFE00, 0xFE0F, 0xFFA0, 0xFFFD, 0xE0100,
    ];

    // What looks like the blank in the middle of another's name, and what breaks its line. Both may stand in texts of several lines.
    private static readonly int[] NotInLines = [0x0009, 0x000A, 0x000D, 0x00A0, 0x1680, 0x2000, 0x2003, 0x2009, 0x202F, 0x205F, 0x3000];

    private static readonly string[] NoNames =
    [
        "metadataUrl", "deploymentsConfigOverride", "statusReason", "permissions", "provider", "email", "identity", "password", "token", "inviteToken", "claimCode", "externalId",
        "updateTeam.name", "removeTeam.name",
    ];

    private readonly Dictionary<string, string> _ids = [];
    private Installation _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""truncate houston$default."User", houston$default."Workspace", houston$default."CustomRole" cascade""", Cancellation);
        _host = await Installation.StartAsync(
            database, new() { Settings = [.. HostSetup.OpenSignUps, "Quotas:SignUpsPerAddress=1000"] });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task No_name_has_a_character_that_an_eye_does_not_see()
    {
        await MakeThingsAsync();
        var wrong = new List<string>();

        foreach (var (number, writer) in Writers().Index())
        {
            // Quotas allow a user so many changes of themselves and so many service accounts; their arguments share the characters among them.
            var characters = Unseen.Concat(writer.HasLines ? [] : NotInLines);
            var tried = writer.IsRationed ? characters.Where((_, i) => i % 6 == number % 6) : characters;

            foreach (var character in tried)
            {
                var answer = await SendAsync(writer, $"a{Escaped(character)}b");
                var isRefused = answer.Code == writer.Code && answer.Body.Contains($"U+{character:X4} is not allowed", StringComparison.Ordinal);

                if (!isRefused)
                {
                    wrong.Add($"{writer.Argument} with U+{character:X4}: {answer.Body}");
                }
            }

            if (!writer.HasLines && (await SendAsync(writer, "a  b")).Code != writer.Code)
            {
                wrong.Add($"{writer.Argument} with two spaces");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_text_that_a_mutation_takes_is_tried_or_known_to_be_no_name()
    {
        var answer = await _host.Admin.SendAsync(
            "{ __schema { mutationType { fields(includeDeprecated: true) { name args { name type { name ofType { name ofType { name ofType { name } } } } } } } } }",
            cancellationToken: Cancellation);
        var texts =
            from field in answer.Data("__schema.mutationType.fields").EnumerateArray()
            from argument in field.GetProperty("args").EnumerateArray()
            where NamedType(argument.GetProperty("type")) is "String" or "JSON"
            let name = argument.GetProperty("name").GetString()
            where !NoNames.Contains(name)
            select $"{field.GetProperty("name").GetString()}.{name}";
        var tried = Writers().Select(writer => string.Join('.', writer.Argument.Split('.').Take(2))).Concat(NoNames).ToHashSet();

        Assert.Equal([], texts.Where(text => !tried.Contains(text)));
    }

    [Theory]
    [InlineData("ÄÖÜ straße")]
    [InlineData("Καλημέρα")]
    [InlineData("Привет")]
    [InlineData("数据平台")]
    [InlineData("데이터")]
    [InlineData("منصة البيانات")]
    [InlineData("🚀 👍🏽")]
    [InlineData("Zoe\u0308 e\u0323")]
    public async Task Names_in_any_script_are_taken_as_they_are(string name)
    {
        await MakeThingsAsync();
        string[] storing = ["createTeam.name", "createCustomRole.name", "createWorkspace.label", "updateSelf.payload.fullName", "createSystemServiceAccount.label"];

        Assert.All(
            await Task.WhenAll(Writers().Where(writer => storing.Contains(writer.Argument)).Select(writer => SendAsync(writer, $"a {name} b"))),
            answer => Assert.DoesNotContain("errors", answer.Body, StringComparison.Ordinal));
        Assert.Contains($"a {name} b", (await _host.Admin.AskAsync("{ self { user { fullName } } }")).Text("self.user.fullName"), StringComparison.Ordinal);
        await database.ExecuteAsync("""truncate houston$default."Team" cascade""", Cancellation);
    }

    private static IEnumerable<Writer> Writers() =>
    [
        new("registerCluster.name", """registerCluster(name: $x, metadataUrl: "https://dp.example.com") { id }""", "INVALID_CLUSTER_NAME"),
        new("updateCluster.name", """updateCluster(id: "#cluster", name: $x) { id }""", "INVALID_CLUSTER_NAME"),
        new("createCustomRole.name", Role, "INVALID_CUSTOM_ROLE"),
        new("createCustomRole.description", Role.Replace("$x,", "\"fine\", description: $x,", StringComparison.Ordinal), "INVALID_CUSTOM_ROLE"),
        new("updateCustomRole.name", """updateCustomRole(id: "#role", name: $x) { id }""", "INVALID_CUSTOM_ROLE"),
        new("updateCustomRole.description", """updateCustomRole(id: "#role", description: $x) { id }""", "INVALID_CUSTOM_ROLE"),
        new("createTeam.name", "createTeam(name: $x) { message }", "TEAM_NAME_INVALID"),
        new("createTeam.description", """createTeam(name: "fine", description: $x) { message }""", "TEAM_DESCRIPTION_INVALID", HasLines: true),
        new("updateTeam.newName", """updateTeam(id: "#team", newName: $x) { message }""", "TEAM_NAME_INVALID"),
        new("updateTeam.description", """updateTeam(id: "#team", description: $x) { message }""", "TEAM_DESCRIPTION_INVALID", HasLines: true),
        new("createWorkspace.label", "createWorkspace(label: $x) { id }", "WORKSPACE_LABEL_INVALID"),
        new("createWorkspace.description", """createWorkspace(label: "fine", description: $x) { id }""", "WORKSPACE_DESCRIPTION_INVALID", HasLines: true),
        new("updateWorkspace.payload.label", """updateWorkspace(workspaceUuid: "#workspace", payload: { label: $x }) { id }""", "WORKSPACE_LABEL_INVALID"),
        new(
            "updateWorkspace.payload.description",
            """updateWorkspace(workspaceUuid: "#workspace", payload: { description: $x }) { id }""",
            "WORKSPACE_DESCRIPTION_INVALID",
            HasLines: true),
        new("createUser.username", """createUser(email: "new@example.com", password: "Correct-horse-9", username: $x) { isAdmin }""", "USERNAME_INVALID"),
        new("createUser.profile.fullName", """createUser(email: "new@example.com", password: "Correct-horse-9", profile: { fullName: $x }) { isAdmin }""", "FULL_NAME_INVALID"),
        new("updateSelf.payload.username", "updateSelf(payload: { username: $x }) { id }", "USERNAME_INVALID"),
        new("updateSelf.payload.fullName", "updateSelf(payload: { fullName: $x }) { id }", "FULL_NAME_INVALID"),
        .. OfAccounts("System", ""),
        .. OfAccounts("Workspace", "workspaceUuid: \"#workspace\", "),
        .. OfAccounts("Deployment", "deploymentUuid: \"#deployment\", "),
        .. OfAccounts("Cluster", "clusterId: \"#cluster\", "),
        new("createServiceAccount.label", "createServiceAccount(label: $x, entityType: SYSTEM, role: SYSTEM_VIEWER) { id }", TextOfAccount),
        new("createServiceAccount.category", """createServiceAccount(label: "a", category: $x, entityType: SYSTEM, role: SYSTEM_VIEWER) { id }""", TextOfAccount),
        new("updateServiceAccount.payload.label", """updateServiceAccount(serviceAccountUuid: "#System", payload: { label: $x }) { id }""", TextOfAccount),
        new("updateServiceAccount.payload.category", """updateServiceAccount(serviceAccountUuid: "#System", payload: { category: $x }) { id }""", TextOfAccount),
    ];

    private static IEnumerable<Writer> OfAccounts(string scope, string entity)
    {
        var (create, update) = ($"create{scope}ServiceAccount", $"update{scope}ServiceAccount");
        var role = $"role: {scope.ToUpperInvariant()}_VIEWER";
        yield return new($"{create}.label", $$"""{{create}}(label: $x, {{entity}}{{role}}) { id }""", TextOfAccount);
        yield return new($"{create}.category", $$"""{{create}}(label: "a", category: $x, {{entity}}{{role}}) { id }""", TextOfAccount);
        yield return new($"{update}.payload.label", $$"""{{update}}(serviceAccountUuid: "#{{scope}}", {{entity}}payload: { label: $x }) { id }""", TextOfAccount);
        yield return new($"{update}.payload.category", $$"""{{update}}(serviceAccountUuid: "#{{scope}}", {{entity}}payload: { category: $x }) { id }""", TextOfAccount);
    }

    private async Task MakeThingsAsync()
    {
        var suffix = Guid.NewGuid();
        var cluster = StoredClusters.Make($"c-{suffix}");
        _ids["#cluster"] = cluster.Id.ToString();
        _ids["#workspace"] = await MakeAsync($$"""createWorkspace(label: "w {{suffix}}") { id }""");
        _ids["#role"] = await MakeAsync(Role.Replace("$x", $"\"r {suffix}\"", StringComparison.Ordinal));
        _ids["#team"] = await MakeAsync($$"""createTeam(name: "t {{suffix}}") { team { id } }""");
        _ids["#deployment"] = Guid.NewGuid().ToString();
        await using (var db = database.CreateContext())
        {
            db.Add(cluster);
            db.Add(new Deployment
            {
                Id = Guid.Parse(_ids["#deployment"]),
                ReleaseName = $"d-{suffix}",
                Label = "d",
                WorkspaceId = Guid.Parse(_ids["#workspace"]),
                ClusterId = cluster.Id,
                CreatedAt = FakeClock.Noon,
                UpdatedAt = FakeClock.Noon,
            });
            await db.SaveChangesAsync(Cancellation);
        }

        foreach (var scope in new[] { "System", "Workspace", "Deployment", "Cluster" })
        {
            _ids[$"#{scope}"] = await MakeAsync(Writers().First(w => w.Argument == $"create{scope}ServiceAccount.label").Mutation.Replace("$x", "\"robot\"", StringComparison.Ordinal));
        }
    }

    private async Task<string> MakeAsync(string mutation)
    {
        var answer = await _host.Admin.AskAsync($"mutation {{ {WithIds(mutation)} }}");
        var made = answer.Data(mutation[..mutation.IndexOf('(', StringComparison.Ordinal)]);
        return (made.TryGetProperty("team", out var team) ? team : made).GetProperty("id").GetString()!;
    }

    private Task<GraphQLAnswer> SendAsync(Writer writer, string text)
        => _host.Admin.AskAsync($"mutation {{ {WithIds(writer.Mutation).Replace("$x", $"\"{text}\"", StringComparison.Ordinal)} }}");

    private string WithIds(string mutation) => _ids.Aggregate(mutation, (text, id) => text.Replace($"\"{id.Key}\"", $"\"{id.Value}\"", StringComparison.Ordinal));

    private static string Escaped(int character) => $"\\u{{{character:X}}}";

    private static string? NamedType(JsonElement type)
        => type.GetProperty("name").GetString() ?? (type.TryGetProperty("ofType", out var inner) && inner.ValueKind is JsonValueKind.Object ? NamedType(inner) : null);

    private sealed record Writer(string Argument, string Mutation, string Code, bool HasLines = false)
    {
        public bool IsRationed => Code is TextOfAccount or "USERNAME_INVALID" or "FULL_NAME_INVALID";
    }
}
