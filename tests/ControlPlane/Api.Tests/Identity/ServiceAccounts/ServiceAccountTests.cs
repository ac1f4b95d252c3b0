using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>What callers of <c>createSystemServiceAccount</c> and <c>deleteSystemServiceAccount</c> see.</summary>
public sealed class ServiceAccountTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private Installation _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_works_until_its_account_is_deleted_and_is_shown_once()
    {
        var made = await _host.Admin.SendAsync(
            """mutation { createSystemServiceAccount(label: "nightly sync", category: "default", role: SYSTEM_VIEWER) { id apiKey label category entityType entityUuid workspaceUuid deploymentUuid active lastUsedAt roleBindings { role } } }""",
            cancellationToken: Cancellation);
        var (id, key) = (made.Text("createSystemServiceAccount.id"), made.Text("createSystemServiceAccount.apiKey"));
        Assert.Equal(
            $$$$$$"""{"data":{"createSystemServiceAccount":{"id":"{{{{{{id}}}}}}","apiKey":"{{{{{{key}}}}}}","label":"nightly sync","category":"default","entityType":"SYSTEM","entityUuid":null,"workspaceUuid":null,"deploymentUuid":null,"active":true,"lastUsedAt":null,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}}}""",
            made.Body);
        Assert.StartsWith("apc_s_", key, StringComparison.Ordinal);

        using var robot = _host.Anonymous.As($"Bearer {key}");
        Assert.Equal(
            """{"data":{"self":{"user":null,"isAdmin":false}}}""",
            (await robot.SendAsync("{ self { user { id } isAdmin } }", cancellationToken: Cancellation)).Body);

        var deleted = await _host.Admin.SendAsync(
            "mutation($id: Uuid!) { deleteSystemServiceAccount(serviceAccountUuid: $id) { id label apiKey } }", new { id }, Cancellation);
        Assert.Equal($$$$$$"""{"data":{"deleteSystemServiceAccount":{"id":"{{{{{{id}}}}}}","label":"nightly sync","apiKey":"{{{{{{key[..14]}}}}}}"}}}""", deleted.Body);

        Assert.Equal(
            """{"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":3}],"path":["self"],"extensions":{"code":"UNAUTHENTICATED"}}],"data":{"self":null}}""",
            (await robot.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation)).Body);
    }

    [Fact]
    public async Task An_account_cannot_lift_itself()
    {
        var made = await _host.Admin.SendAsync(
            """mutation { createSystemServiceAccount(label: "editor", role: SYSTEM_EDITOR) { apiKey } }""", cancellationToken: Cancellation);
        using var robot = _host.Anonymous.As(made.Text("createSystemServiceAccount.apiKey"));

        Assert.Contains(
            "FORBIDDEN",
            (await robot.SendAsync("""mutation { createSystemServiceAccount(label: "admin", role: SYSTEM_ADMIN) { apiKey } }""", cancellationToken: Cancellation)).Body,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-id-of-ours")]
    [InlineData("")]
    [InlineData("01980000-0000-7000-8000-000000000001")]
    public async Task An_id_that_names_nothing_is_not_found(string id)
        => Assert.Equal(
            """{"errors":[{"message":"Service account not found","locations":[{"line":1,"column":26}],"path":["deleteSystemServiceAccount"],"extensions":{"code":"SERVICE_ACCOUNT_NOT_FOUND"}}],"data":{"deleteSystemServiceAccount":null}}""",
            (await _host.Admin.SendAsync("mutation($id: Uuid!) {   deleteSystemServiceAccount(serviceAccountUuid: $id) { id } }", new { id }, Cancellation)).Body);
}
