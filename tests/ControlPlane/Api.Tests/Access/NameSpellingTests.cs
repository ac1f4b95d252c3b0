using System.Text.Json;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>
/// The attack: another's name in another spelling, which one part of the program takes for the same and another part does not. Every argument of the
/// schema that names or finds somebody or something by name is tried with every spelling.
/// </summary>
public sealed class NameSpellingTests(Installation api, PostgresServer server) : IClassFixture<Installation>
{
    private const string Address = "kiki.office@example.com";
    private const string Username = "Kiki Ång officer";
    private const string Invited = "miki.office@example.com";
    private const string Label = "Kiki Ång office";
    private const string Password = "Correct-horse-2";

    // They store an address or a label that may be anyone's, or are tried below, where mails are sent.
    private static readonly string[] NotCompared =
    [
        "createSystemServiceAccount.label", "createWorkspaceServiceAccount.label", "createDeploymentServiceAccount.label", "createClusterServiceAccount.label",
        "createServiceAccount.label", "workspaceAddUser.email", "resendConfirmation.email", "forgotPassword.email",
    ];

    private readonly Dictionary<string, string> _ids = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_in_another_spelling_means_the_same_everywhere_and_no_other_name_does()
    {
        await MakeThingsAsync();
        var wrong = new List<string>();

        foreach (var use in Uses())
        {
            foreach (var spelling in Spellings(use.Name))
            {
                await TryAsync(use, spelling, isSame: true, wrong);
            }

            foreach (var other in Others(use.Name))
            {
                await TryAsync(use, other, isSame: false, wrong);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_argument_that_holds_a_name_is_tried()
    {
        string[] names = ["email", "identity", "username", "name", "newName", "label"];
        const string Type = "type { name ofType { name ofType { name ofType { name } } } }";
        var schema = await api.Admin.AskAsync(
            $"{{ __schema {{ types {{ name inputFields {{ name }} fields(includeDeprecated: true) {{ name args {{ name {Type} }} }} }} }} }}");
        var types = schema.Data("__schema.types").EnumerateArray().ToDictionary(type => type.GetProperty("name").GetString()!);
        var found = new List<string>();

        foreach (var field in types["Query"].GetProperty("fields").EnumerateArray().Concat(types["Mutation"].GetProperty("fields").EnumerateArray()))
        {
            foreach (var argument in field.GetProperty("args").EnumerateArray())
            {
                var path = $"{field.GetProperty("name").GetString()}.{argument.GetProperty("name").GetString()}";
                var members = types[NamedType(argument.GetProperty("type"))].GetProperty("inputFields");
                found.AddRange(members.ValueKind is JsonValueKind.Array
                    ? members.EnumerateArray().Select(m => $"{path}.{m.GetProperty("name").GetString()}")
                    : [path]);
            }
        }

        var tried = Uses().Select(use => use.Argument).Concat(NotCompared).ToHashSet();
        Assert.Equal([], found.Where(path => names.Contains(path.Split('.')[^1]) && !tried.Contains(path)));
    }

    [Fact]
    public async Task Guesses_are_counted_together_whatever_the_spelling()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = new FakeClock(),
                Settings = HostSetup.OpenSignUps,
            });
        await host.SignUpAsync(Address);
        var spellings = Spellings(Address).ToArray();

        for (var i = 0; i < new QuotaOptions().SignInFailuresPerAccount; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await host.CreateTokenAsync(spellings[i % spellings.Length], "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await host.CreateTokenAsync(spellings[^1])).Code);
    }

    [Fact]
    public async Task Mails_go_to_the_address_that_is_known_whatever_the_spelling()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = new FakeClock(),
                SendsMails = true,
                Settings =
                [
                    "Houston:PublicSignups=true",
                    "Houston:PublicUrl=https://houston.example.com",
                    "Quotas:MailsPerSender=1000",
                    "Quotas:SignUpsPerAddress=1000",
                ],
            });
        var number = 0;

        foreach (var spell in Spellings(Address).Select((_, i) => (Func<string, string>)(address => Spellings(address).ElementAt(i))))
        {
            var address = $"{++number}.{Address}";
            await host.SignUpAsync(address);
            Assert.Equal(address, (await host.Mails.NextAsync(Cancellation)).To);

            await host.Anonymous.AskAsync("mutation($x: String!) { resendConfirmation(email: $x) }", new { x = spell(address) });
            var mail = await host.Mails.NextAsync(Cancellation);
            Assert.Equal((address, "Confirm your email address"), (mail.To, mail.Subject));

            Assert.Null((await host.AskAsync($"mutation {{ confirmEmail(token: \"{mail.Token}\") {{ isAdmin }} }}")).Code);
            await host.Anonymous.AskAsync("mutation($x: String!) { forgotPassword(email: $x) }", new { x = spell(address) });
            mail = await host.Mails.NextAsync(Cancellation);
            Assert.Equal((address, "Choose a new password"), (mail.To, mail.Subject));
        }
    }

    private static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        yield return name.ToUpperInvariant();
        yield return name.ToLowerInvariant();
        yield return name.Replace('k', '\u212A').Replace('K', '\u212A');
        yield return name.Replace('Å', '\u212B').Replace("Å", "A\u030A", StringComparison.Ordinal);
        yield return name.Replace("Å", "A\u030A", StringComparison.Ordinal);
        yield return name.Replace("ffi", "\uFB03", StringComparison.Ordinal);
        yield return string.Concat(name.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));
        yield return name.Replace("k", "𝓴", StringComparison.Ordinal);
        yield return name.Replace('o', 'ⓞ');
    }

    // What lower() of PostgreSQL takes for an i, and what an eye does.
    private static IEnumerable<string> Others(string name)
    {
        yield return name.Replace('i', '\u0130');
        yield return name.Replace('i', 'ı');
    }

    private static IEnumerable<Use> Uses() =>
    [
        Finds("createToken.identity", Address, $$"""mutation($x: String!) { r: createToken(identity: $x, password: "{{Password}}") { isAdmin } }"""),
        Finds("createToken.identity", Username, $$"""mutation($x: String!) { r: createToken(identity: $x, password: "{{Password}}") { isAdmin } }"""),
        Finds("verifyEmail.email", Address, "mutation($x: String!) { r: verifyEmail(email: $x) }"),
        Finds("users.email", Address, "query($x: String!) { r: users(email: $x) { id } }"),
        Finds("users.user.email", Address, "query($x: String!) { r: users(user: { email: $x }) { id } }"),
        Finds("users.user.username", Username, "query($x: String!) { r: users(user: { username: $x }) { id } }"),
        Finds("workspaceUsers.user.email", Address, "query($x: String!) { r: workspaceUsers(workspaceUuid: #workspace, user: { email: $x }) { id } }"),
        Finds("workspaceUsers.user.username", Username, "query($x: String!) { r: workspaceUsers(workspaceUuid: #workspace, user: { username: $x }) { id } }"),
        Finds("workspaceUser.user.email", Address, "query($x: String!) { r: workspaceUser(workspaceUuid: #workspace, user: { email: $x }) { id } }"),
        Finds("workspaceUser.user.username", Username, "query($x: String!) { r: workspaceUser(workspaceUuid: #workspace, user: { username: $x }) { id } }"),
        Finds("deploymentUsers.user.email", Address, "query($x: String!) { r: deploymentUsers(deploymentId: #deployment, user: { email: $x }) { id } }"),
        Finds("deploymentUsers.user.username", Username, "query($x: String!) { r: deploymentUsers(deploymentId: #deployment, user: { username: $x }) { id } }"),
        Finds("invites.invite.email", Invited, "query($x: String!) { r: invites(invite: { email: $x }) { id } }"),
        Finds("workspaceInvites.invite.email", Invited, "query($x: String!) { r: workspaceInvites(workspaceUuid: #workspace, invite: { email: $x }) { id } }"),
        Finds("workspaceUpsertUserRole.email", Address, "mutation($x: String!) { r: workspaceUpsertUserRole(workspaceUuid: #workspace, email: $x, role: WORKSPACE_EDITOR) }"),
        Finds("workspaceUpdateUserRole.email", Address, "mutation($x: String!) { r: workspaceUpdateUserRole(workspaceUuid: #workspace, email: $x, role: WORKSPACE_VIEWER) }"),
        Finds("deploymentUpdateUserRole.email", Address, "mutation($x: String!) { r: deploymentUpdateUserRole(deploymentId: #deployment, email: $x, role: DEPLOYMENT_EDITOR) { id } }"),
        Finds(
            "deploymentRemoveUserRole.email",
            Address,
            "mutation($x: String!) { r: deploymentRemoveUserRole(deploymentId: #deployment, email: $x) { id } deploymentAddUserRole(deploymentId: #deployment, email: $x, role: DEPLOYMENT_VIEWER) { id } }"),
        Finds(
            "deploymentAddUserRole.email",
            Address,
            "mutation($x: String!) { deploymentRemoveUserRole(deploymentId: #deployment, email: $x) { id } r: deploymentAddUserRole(deploymentId: #deployment, email: $x, role: DEPLOYMENT_VIEWER) { id } }"),
        Finds("workspaces.label", Label, "query($x: String!) { r: workspaces(label: $x) { id } }"),
        Finds("updateTeam.name", Label, "mutation($x: String!) { r: updateTeam(name: $x) { message } }"),
        Finds("removeTeam.name", Label, $$"""mutation($x: String!) { r: removeTeam(name: $x, provider: "LOCAL") { id } createTeam(name: "{{Label}}") { message } }"""),
        Meets("inviteUser.email", Address, "EMAIL_TAKEN", "mutation($x: String!) { r: inviteUser(email: $x) { id } }"),
        Meets("createUser.email", Address, "PUBLIC_SIGNUPS_DISABLED", $$"""mutation($x: String!) { r: createUser(email: $x, password: "{{Password}}") { isAdmin } }"""),
        Meets(
            "createUser.username", Username, "PUBLIC_SIGNUPS_DISABLED",
            $$"""mutation($x: String!) { r: createUser(email: "a@example.com", username: $x, password: "{{Password}}") { isAdmin } }"""),
        Meets("updateSelf.username", Username, "USERNAME_TAKEN", "mutation($x: String!) { r: updateSelf(payload: { username: $x }) { id } }"),
        Meets("createWorkspace.label", Label, "WORKSPACE_LABEL_TAKEN", "mutation($x: String!) { r: createWorkspace(label: $x) { id } }"),
        Meets("updateWorkspace.label", Label, "WORKSPACE_LABEL_TAKEN", "mutation($x: String!) { r: updateWorkspace(workspaceUuid: #other, payload: { label: $x }) { id } }"),
        Meets("createTeam.name", Label, "TEAM_NAME_TAKEN", "mutation($x: String!) { r: createTeam(name: $x) { message } }"),
        Meets("updateTeam.newName", Label, "TEAM_NAME_TAKEN", "mutation($x: String!) { r: updateTeam(id: #team, newName: $x) { message } }"),
        Meets("createCustomRole.name", Label, "CUSTOM_ROLE_NAME_TAKEN", """mutation($x: String!) { r: createCustomRole(name: $x, scope: SYSTEM, permissions: ["system.clusters.get"]) { id } }"""),
        Meets("createCustomRole.name", "System_Admin", "CUSTOM_ROLE_NAME_TAKEN", """mutation($x: String!) { r: createCustomRole(name: $x, scope: SYSTEM, permissions: ["system.clusters.get"]) { id } }"""),
        Meets("updateCustomRole.name", Label, "CUSTOM_ROLE_NAME_TAKEN", "mutation($x: String!) { r: updateCustomRole(id: #role, name: $x) { id } }"),
        Meets("registerCluster.name", Label, "CLUSTER_NAME_TAKEN", "mutation($x: String!) { r: registerCluster(name: $x, metadataUrl: #url) { id } }"),
        Meets("updateCluster.name", Label, "CLUSTER_NAME_TAKEN", "mutation($x: String!) { r: updateCluster(id: #cluster, name: $x) { id } }"),
    ];

    private static Use Finds(string argument, string name, string document) => new(argument, name, document, Code: null);

    private static Use Meets(string argument, string name, string code, string document) => new(argument, name, document, code);

    private async Task TryAsync(Use use, string spelling, bool isSame, List<string> wrong)
    {
        var document = _ids.Aggregate(use.Document, (text, id) => text.Replace(id.Key, $"\"{id.Value}\"", StringComparison.Ordinal));
        var answer = await api.Admin.AskAsync(document, new { x = spelling });
        using var body = JsonDocument.Parse(answer.Body);
        var isFound = body.RootElement.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object
            && data.GetProperty("r") is { ValueKind: not JsonValueKind.Null } found && (found.ValueKind is not JsonValueKind.Array || found.GetArrayLength() > 0);

        // Addresses are ASCII: others are refused before they are compared.
        var meets = use.Code is null ? isFound : answer.Code == use.Code || answer.Code == "EMAIL_INVALID";
        var isInternal = answer.Body.Contains("Internal error", StringComparison.Ordinal);

        // What another name makes may be there from the try before, and is in nobody's way.
        if (isInternal || (isSame ? !meets : use.Code is null && isFound))
        {
            wrong.Add($"{use.Argument} with {spelling}: {answer.Body}");
        }
    }

    private async Task MakeThingsAsync()
    {
        var services = api.Host.Services;
        var user = new User
        {
            Id = Guid.CreateVersion7(FakeClock.Noon),
            Username = Username,
            Status = UserStatus.Active,
            PasswordHash = services.GetRequiredService<PasswordVerifier>().Hash(Password),
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        var email = new Email
        {
            Id = user.Id,
            Address = Address,
            Primary = true,
            Verified = true,
            UserId = user.Id,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        var (cluster, other) = (StoredClusters.Make("kept"), StoredClusters.Make("other"));
        cluster.Name = Label;
        await api.AddAsync([user, email]);
        await api.AddClustersAsync(cluster, other);

        _ids["#workspace"] = await MakeAsync($$"""createWorkspace(label: "{{Label}}") { id }""");
        _ids["#other"] = await MakeAsync("""createWorkspace(label: "other") { id }""");
        await MakeAsync($$"""createTeam(name: "{{Label}}") { team { id } }""");
        _ids["#team"] = await MakeAsync("""createTeam(name: "other") { team { id } }""");
        await MakeAsync($$"""createCustomRole(name: "{{Label}}", scope: SYSTEM, permissions: ["system.clusters.get"]) { id }""");
        _ids["#role"] = await MakeAsync("""createCustomRole(name: "other", scope: SYSTEM, permissions: ["system.clusters.get"]) { id }""");
        _ids["#cluster"] = other.Id.ToString();
        await api.StartDataPlanesAsync();
        _ids["#url"] = api.DataPlanes.MetadataUrl("new");
        _ids["#deployment"] = (await api.AddDeploymentAsync("first", cluster.Id, Guid.Parse(_ids["#workspace"]))).ToString();
        await api.Admin.AskAsync($$"""mutation { inviteUser(email: "{{Invited}}") { id } }""");
        await api.AddAsync(
        [
            new Invitation
            {
                Id = Guid.NewGuid(),
                Email = Invited,
                WorkspaceId = Guid.Parse(_ids["#workspace"]),
                TokenHash = [1],
                CreatedAt = FakeClock.Noon,
                ExpiresAt = FakeClock.Noon.AddDays(1),
            },
            new RoleBinding { Id = Guid.NewGuid(), UserId = user.Id, Role = RoleNames.WorkspaceViewer, WorkspaceId = Guid.Parse(_ids["#workspace"]), CreatedAt = FakeClock.Noon },
            new RoleBinding { Id = Guid.NewGuid(), UserId = user.Id, Role = RoleNames.DeploymentViewer, DeploymentId = Guid.Parse(_ids["#deployment"]), CreatedAt = FakeClock.Noon },
        ]);
    }

    private async Task<string> MakeAsync(string mutation)
    {
        var made = (await api.Admin.AskAsync($"mutation {{ {mutation} }}")).Data(mutation[..mutation.IndexOf('(', StringComparison.Ordinal)]);
        return (made.TryGetProperty("team", out var team) ? team : made).GetProperty("id").GetString()!;
    }

    private static string NamedType(JsonElement type) => type.GetProperty("name").GetString() ?? NamedType(type.GetProperty("ofType"));

    private sealed record Use(string Argument, string Name, string Document, string? Code);
}
