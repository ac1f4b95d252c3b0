using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>What callers of <c>updateWorkspace</c> see.</summary>
public sealed class UpdateWorkspaceTests(Installation api) : IClassFixture<Installation>
{
    private const string Update = "mutation($id: Uuid!, $payload: JSON!) { updateWorkspace(workspaceUuid: $id, payload: $payload) { label description } }";

    [Fact]
    public async Task Each_member_is_changed_by_itself_and_leaves_a_row()
    {
        var id = await api.AddWorkspaceAsync();
        var editor = await api.AddPersonAsync(id, RoleNames.WorkspaceEditor);
        var (first, second) = (api.Name("first"), api.Name("second"));

        AnswerAssert.Is(Says(first, "\"what\""), await editor.AskAsync(Update, new { id, payload = new { label = first, description = "what" } }));
        AnswerAssert.Is(Says(second, "\"what\""), await editor.AskAsync(Update, new { id, payload = new { label = $" {second} " } }));
        AnswerAssert.Is(Says(second, "null"), await editor.AskAsync(Update, new { id, payload = new { description = (string?)null } }));
        AnswerAssert.Is(Says(second, "null"), await editor.AskAsync(Update, new { id, payload = new { label = (string?)null } }));
        AnswerAssert.Is(Says(second, "null"), await editor.AskAsync(Update, new { id, payload = new { } }));

        var rows = await api.AuditAsync(id);
        Assert.Equal(3, rows.Count);
        Assert.Contains(
            $$"""workspace.update updateWorkspace {{second}} {"label":"{{second}}","description":"what"} {"label":"{{second}}","description":null}""", rows);
    }

    [Fact]
    public async Task What_cannot_be_changed_is_named()
    {
        var id = await api.AddWorkspaceAsync();

        AnswerAssert.Refuses(
            "updateWorkspace",
            "These members cannot be changed: active, id. The payload is an object with the members label and description, which are texts.",
            "WORKSPACE_PAYLOAD_INVALID",
            await api.Admin.AskAsync(Update, new { id, payload = new { active = false, label = "x", id = "y" } }));
        AnswerAssert.Refuses(
            "updateWorkspace",
            "The member label is no text. The payload is an object with the members label and description, which are texts.",
            "WORKSPACE_PAYLOAD_INVALID",
            await api.Admin.AskAsync(Update, new { id, payload = new { label = 1 } }));
        Assert.Equal("WORKSPACE_PAYLOAD_INVALID", (await api.Admin.AskAsync(Update, new { id, payload = new[] { "label" } })).Code);
        AnswerAssert.Refuses(
            "updateWorkspace",
            $"These members cannot be changed: a, b, c, d, {new string('x', 64)}… and more. The payload is an object with the members label and description, which are texts.",
            "WORKSPACE_PAYLOAD_INVALID",
            await api.Admin.AskAsync(
                Update, new { id, payload = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 3, ["d"] = 4, [new string('x', 65)] = 5, ["e"] = 6 } }));
        Assert.Equal("WORKSPACE_LABEL_INVALID", (await api.Admin.AskAsync(Update, new { id, payload = new { label = "" } })).Code);
        Assert.Equal("WORKSPACE_DESCRIPTION_INVALID", (await api.Admin.AskAsync(Update, new { id, payload = new { description = "\a" } })).Code);
    }

    [Theory]
    [InlineData("{\"label\":\"\\ud800\"}", "WORKSPACE_LABEL_INVALID")]
    [InlineData("{\"description\":\"\\udfff\"}", "WORKSPACE_DESCRIPTION_INVALID")]
    [InlineData("{\"\\ud800\":1}", "WORKSPACE_PAYLOAD_INVALID")]
    public async Task Half_a_character_is_no_text(string payload, string code)
    {
        var id = await api.AddWorkspaceAsync();

        var answer = await api.PostAsync(
            $$"""{"query":"mutation($id: Uuid!, $payload: JSON!) { updateWorkspace(workspaceUuid: $id, payload: $payload) { id } }","variables":{"id":"{{id}}","payload":{{payload}} } }""",
            await api.TokenAsync(api.Name("root"), RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin)));

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task A_label_of_another_workspace_is_refused_with_the_text_that_clients_match()
    {
        var (id, taken) = (await api.AddWorkspaceAsync(), api.Name("taken"));
        await api.AddWorkspaceAsync(taken);

        AnswerAssert.Refuses(
            "updateWorkspace",
            "There is already another workspace with this label",
            "WORKSPACE_LABEL_TAKEN",
            await api.Admin.AskAsync(Update, new { id, payload = new { label = taken } }));
    }

    [Fact]
    public async Task Viewers_and_members_of_other_workspaces_change_nothing_and_learn_nothing()
    {
        var (id, other) = (await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync());

        Assert.Equal("FORBIDDEN", await RefusalAsync((await api.AddPersonAsync(id, RoleNames.WorkspaceViewer)).Client, id));
        Assert.Equal("FORBIDDEN", await RefusalAsync((await api.AddPersonAsync(other, RoleNames.WorkspaceAdmin)).Client, id));
        Assert.Equal("FORBIDDEN", await RefusalAsync((await api.AddPersonAsync(other, RoleNames.WorkspaceAdmin)).Client, Guid.NewGuid()));
        Assert.Equal("WORKSPACE_NOT_FOUND", await RefusalAsync(api.Admin, Guid.NewGuid()));
    }

    private static string Says(string label, string description)
        => $$"""{"data":{"updateWorkspace":{"label":"{{label}}","description":{{description}}} } }""";

    private static async Task<string?> RefusalAsync(GraphQLClient client, Guid id)
        => (await client.AskAsync(Update, new { id, payload = new { description = "x" } })).Code;
}
