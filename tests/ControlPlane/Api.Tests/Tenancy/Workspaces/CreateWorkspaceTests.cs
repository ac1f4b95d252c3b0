using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>What whoever makes a workspace sees and gets.</summary>
public sealed class CreateWorkspaceTests(Installation api) : IClassFixture<Installation>
{
    private const string Create = "mutation($label: String!, $description: String) { createWorkspace(label: $label, description: $description) { id label description } }";

    [Fact]
    public async Task Whoever_makes_a_workspace_is_its_admin_from_that_answer_on()
    {
        var ada = await api.AddPersonAsync();
        var label = api.Name("data");

        var answer = await ada.AskAsync(
            """
            mutation($label: String!, $description: String = "N/A") {
              createWorkspace(label: $label, description: $description) {
                id uuid label description active properties createdAt updatedAt stripeCustomerId trialEndsAt billingEnabled paywallEnabled
                workspaceCapabilities {
                  canUpdateBilling canUpdateIAM canUpdateWorkspace canDeleteWorkspace canCreateDeployment canInviteUser canUpdateUser canDeleteUser
                  canCreateServiceAccount canUpdateServiceAccount canDeleteServiceAccount
                }
                users { id } teams { id } invites { id } serviceAccounts { id } roleBindings { role user { id } serviceAccount { id } workspace { label } }
              }
            }
            """,
            new { label = $"  {label} " });

        var id = answer.Text("createWorkspace.id");
        AnswerAssert.Is(
            $$"""
            {"data":{"createWorkspace":{"id":"{{id}}","uuid":"{{id}}","label":"{{label}}","description":"N/A","active":true,"properties":{},
              "createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z",
              "stripeCustomerId":null,"trialEndsAt":null,"billingEnabled":null,"paywallEnabled":null,
              "workspaceCapabilities":{"canUpdateBilling":false,"canUpdateIAM":true,"canUpdateWorkspace":true,"canDeleteWorkspace":true,
                "canCreateDeployment":true,"canInviteUser":true,"canUpdateUser":true,"canDeleteUser":true,
                "canCreateServiceAccount":true,"canUpdateServiceAccount":true,"canDeleteServiceAccount":true},
              "users":[{"id":"{{ada.Id}}"}],"teams":[],"invites":[],"serviceAccounts":[],
              "roleBindings":[{"role":"WORKSPACE_ADMIN","user":{"id":"{{ada.Id}}"},"serviceAccount":null,"workspace":{"label":"{{label}}"} }] } } }
            """,
            answer);
        Assert.Equal(
            [$$"""workspace.create createWorkspace {{label}} - {"label":"{{label}}","description":"N/A","role":"WORKSPACE_ADMIN"}"""],
            await api.AuditAsync(Guid.Parse(id)));
    }

    [Fact]
    public async Task A_service_account_becomes_admin_of_what_it_makes_and_keeps_all_its_rights()
    {
        var robot = await api.AddRobotAsync(RoleNames.SystemEditor);
        var before = await robot.AskAsync("{ self { permissions } }");

        var made = await robot.AskAsync(
            "mutation($label: String!) { createWorkspace(label: $label) { id roleBindings { role user { id } serviceAccount { id } } } }",
            new { label = api.Name("robots") });

        var id = made.Text("createWorkspace.id");
        AnswerAssert.Is(
            $$"""
            {"data":{"createWorkspace":{"id":"{{id}}","roleBindings":[{"role":"WORKSPACE_ADMIN","user":null,"serviceAccount":{"id":"{{robot.Id}}"} }]} } }
            """,
            made);
        Assert.Equal(before.Body, (await robot.AskAsync("{ self { permissions } }")).Body);
        AnswerAssert.Is(
            $$"""{"data":{"workspaces":[{"id":"{{id}}"}]} }""", await robot.AskAsync("{ workspaces { id } }"));

        // What only an admin there may do, and what only the old role gives.
        var colleague = await api.AddPersonAsync();
        Assert.Null((await robot.AskAsync(
            "mutation($id: Uuid!, $email: String!) { workspaceAddUser(workspaceUuid: $id, email: $email) { id } }", new { id, email = colleague.Email })).Code);
        Assert.Null((await robot.AskAsync("{ sysWorkspaces { id } }")).Code);
    }

    [Fact]
    public async Task A_label_is_taken_once_whatever_its_case()
    {
        var ada = await api.AddPersonAsync();
        var label = api.Name("Data");
        await ada.AskAsync(Create, new { label });

        foreach (var taken in new[] { $" {label}", label.ToLowerInvariant() })
        {
            AnswerAssert.Refuses(
                "createWorkspace",
                "There is already another workspace with this label",
                "WORKSPACE_LABEL_TAKEN",
                await api.Admin.AskAsync(Create, new { label = taken }));
        }
    }

    [Fact]
    public async Task Of_two_who_make_workspaces_with_one_label_one_is_told_so()
    {
        var (ada, grace) = (await api.AddPersonAsync(), await api.AddPersonAsync());

        for (var round = 0; round < 5; round++)
        {
            var label = api.Name("raced");

            var answers = await Task.WhenAll(ada.AskAsync(Create, new { label }), grace.AskAsync(Create, new { label }));

            Assert.Equal([null, "WORKSPACE_LABEL_TAKEN"], answers.Select(a => a.Code).Order());
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("two\nlines", " U+000A is not allowed.")]
    [InlineData("bell\a", " U+0007 is not allowed.")]
    [InlineData("two  spaces", " Two spaces follow each other.")]
    public async Task A_label_is_one_line_of_text(string label, string why)
        => AnswerAssert.Refuses(
            "createWorkspace",
            $"A workspace's label is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.{why}",
            "WORKSPACE_LABEL_INVALID",
            await (await api.AddPersonAsync()).AskAsync(Create, new { label }));

    [Fact]
    public async Task Label_and_description_have_a_longest_length()
    {
        var ada = await api.AddPersonAsync();
        var longest = api.Name("").PadLeft(255, 'x');

        Assert.Null((await ada.AskAsync(Create, new { label = longest, description = new string('x', 4_096) })).Code);
        Assert.Equal("WORKSPACE_LABEL_INVALID", (await ada.AskAsync(Create, new { label = longest + "x" })).Code);
        AnswerAssert.Refuses(
            "createWorkspace",
            "A workspace's description has at most 4096 characters: letters, marks, numbers, punctuation, symbols, blanks, tabs and line breaks.",
            "WORKSPACE_DESCRIPTION_INVALID",
            await ada.AskAsync(Create, new { label = api.Name("data"), description = new string('x', 4_097) }));
    }

    [Theory]
    [InlineData("one\n\ttwo\r\n", "one\n\ttwo")]
    [InlineData(" ", "")]
    [InlineData(null, null)]
    public async Task A_description_may_have_several_lines(string? description, string? stored)
    {
        var answer = await (await api.AddPersonAsync()).AskAsync(Create, new { label = api.Name("data"), description });

        Assert.Equal(stored, answer.Data("createWorkspace.description").GetString());
    }

    [Fact]
    public async Task Nobody_makes_a_workspace_without_a_token()
        => AnswerAssert.Refuses(
            "createWorkspace",
            "You do not have the appropriate permissions for that",
            "UNAUTHENTICATED",
            await api.Anonymous.AskAsync(Create, new { label = "data" }));
}
