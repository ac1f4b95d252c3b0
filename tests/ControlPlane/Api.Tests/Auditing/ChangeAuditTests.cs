using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>What operations of the API leave in the audit trail, whichever way they end.</summary>
public sealed class ChangeAuditTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private readonly AuditOutput _output = new();
    private Installation _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"truncate {HoustonNames.User}, {HoustonNames.ServiceAccount} cascade", Stop);
        _host = await Installation.StartAsync(database, new() { Audit = _output, Settings = HostSetup.OpenSignUps });
        await database.ExecuteAsync($"delete from {HoustonNames.AuditLog}", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    public async Task What_a_permission_forbids_leaves_a_row_and_a_line()
    {
        using var anonymous = _host.Host.Anonymous;
        var signedUp = await anonymous.SendAsync("""mutation { createUser(email: "eve@example.com", password: "Correct-horse-2") { user { id } token { value } } }""", cancellationToken: Stop);
        using var eve = anonymous.As(signedUp.Text("createUser.token.value"));
        var cluster = Guid.NewGuid();

        await eve.SendAsync($$"""mutation { updateCluster(id: "{{cluster}}", name: "mine", statusReason: { note: "typed" }) { id } }""", cancellationToken: Stop);

        var eveId = signedUp.Text("createUser.user.id");
        Assert.Equal(
            [$$"""USER {{eveId}} eve@example.com eve@example.com api cluster.update updateCluster {"id":"{{cluster}}","name":"mine"} cluster {{cluster}} FORBIDDEN {{Denied}}"""],
            await FailuresAsync());
        var line = LastLine();
        Assert.Equal(
            ("FAILURE", 403, Denied, eveId, $$$"""{"operation":"updateCluster","variables":{"id":"{{{cluster}}}","name":"mine"}}"""),
            ((string?)line["outcome"], (int?)line["statusCode"], (string?)line["errorMessage"], (string?)line["userId"], line["request"]!["graphql"]!.ToJsonString()));
    }

    [Fact]
    public async Task What_fails_in_the_use_case_leaves_a_row_too()
    {
        var cluster = Guid.NewGuid();

        await _host.Admin.SendAsync($$"""mutation { deregisterCluster(id: "{{cluster}}") { id } }""", cancellationToken: Stop);

        Assert.EndsWith(
            $$"""cluster.deregister deregisterCluster {"id":"{{cluster}}"} cluster {{cluster}} NOT_FOUND Cluster not found""", Assert.Single(await FailuresAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_changes_something_is_accounted_for_like_a_mutation()
    {
        using var anonymous = _host.Host.Anonymous;

        await anonymous.SendAsync("{ reconcileClusterMetadataJob { __typename } }", cancellationToken: Stop);

        Assert.Equal(("FAILURE", "reconcileClusterMetadataJob"), ((string?)LastLine()["outcome"], (string?)LastLine()["operation"]));
    }

    [Fact]
    public async Task Of_strangers_there_are_lines_and_no_rows_and_nothing_that_they_typed()
    {
        using var anonymous = _host.Host.Anonymous;

        await anonymous.SendAsync("""mutation { createToken(identity: "My-Password-1", password: "My-Password-2") { token { value } } }""", cancellationToken: Stop);
        await anonymous.SendAsync($$"""mutation { updateCluster(id: "{{Guid.NewGuid()}}", name: "My-Password-3") { id } }""", cancellationToken: Stop);

        Assert.Empty(await FailuresAsync());
        var lines = Lines().Where(line => (string?)line["outcome"] == "FAILURE").ToArray();
        Assert.Equal(["user.signIn 401", "cluster.update 401"], lines.Select(line => $"{line["action"]} {line["statusCode"]}"));
        Assert.All(lines, line => Assert.Null(line["request"]));
        Assert.DoesNotContain(_output.Calls, line => line.Contains("My-Password", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_success_has_one_row_and_its_line_says_who_with_which_roles_and_arguments()
    {
        var answer = await _host.Admin.SendAsync("""mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_VIEWER) { id } }""", cancellationToken: Stop);

        Assert.Empty(await FailuresAsync());
        Assert.Equal(
            [$$"""serviceAccount.create createSystemServiceAccount {{answer.Text("createSystemServiceAccount.id")}} admin@example.com SYSTEM_ADMIN"""],
            await database.QueryAsync<string>(
                $"""select concat_ws(' ', action, operation, "entityId", "actorEmail", array_to_string("actorRoles", ' ')) from {HoustonNames.AuditLog}""", Stop));
        var line = LastLine();
        Assert.Equal(
            ("SUCCESS", "SYSTEM_ADMIN", "admin@example.com", true),
            ((string?)line["outcome"], (string?)line["role"], (string?)line["userEmail"], (double?)line["response"]!["duration"] > 0));
        Assert.Equal("""{"label":"robot","role":"SYSTEM_VIEWER"}""", WithoutNulls(line["request"]!["graphql"]!["variables"]!));
    }

    [Fact]
    public async Task Reading_leaves_nothing()
    {
        var before = _output.Calls.Count;

        await _host.Admin.SendAsync("{ self { user { id } } paginatedClusters { count } paginatedAuditLogs { count } cluster(id: \"none\") { id } }", cancellationToken: Stop);

        Assert.Equal(before, _output.Calls.Count);
        Assert.Equal([0L], await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog}", Stop));
    }

    [Fact]
    public async Task Refused_reads_of_people_and_of_the_trail_leave_a_row_that_counts_them()
    {
        using var anonymous = _host.Host.Anonymous;
        var signedUp = await anonymous.SendAsync("""mutation { createUser(email: "eve@example.com", password: "Correct-horse-2") { user { id } token { value } } }""", cancellationToken: Stop);
        using var eve = anonymous.As(signedUp.Text("createUser.token.value"));

        for (var i = 0; i < 3; i++)
        {
            await eve.SendAsync("""{ users(email: "admin@example.com") { id } paginatedAuditLogs { count } }""", cancellationToken: Stop);
        }

        await anonymous.SendAsync("{ paginatedAuditLogs { count } }", cancellationToken: Stop);

        var eveId = signedUp.Text("createUser.user.id");
        Assert.Equal(
            [
                $"USER {eveId} eve@example.com eve@example.com api auditLog.read paginatedAuditLogs auditLog FORBIDDEN {Denied}",
                $"USER {eveId} eve@example.com eve@example.com api user.read users user FORBIDDEN {Denied}",
                $"USER api auditLog.read paginatedAuditLogs auditLog UNAUTHENTICATED {Denied}",
            ],
            (await FailuresAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tokens_that_are_not_valid_and_refusals_of_the_gate_leave_a_row_that_counts_them()
    {
        using var http = new HttpClient { BaseAddress = _host.Address };

        for (var i = 0; i < 5; i++)
        {
            using var gate = await http.GetAsync("/v1/authorization", Stop);
            using var anonymous = _host.Host.Anonymous;
            using var forged = anonymous.As($"apc_u_{i}");
            await forged.SendAsync("{ appConfig { version } }", cancellationToken: Stop);
        }

        Assert.Equal(
            ["USER api gate.pass authorization gate UNAUTHENTICATED " + Denied, "USER api token.verify token UNAUTHENTICATED The token is not valid."],
            (await FailuresAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(["gate.pass 401", "token.verify 401"], Lines().Where(line => (string?)line["outcome"] == "FAILURE").Select(line => $"{line["action"]} {line["statusCode"]}"));
    }

    [Fact]
    public async Task The_message_of_a_status_reason_is_the_reason_of_the_change()
    {
        var cluster = StoredClusters.Make("reasoned");
        await using (var db = database.CreateContext())
        {
            db.Clusters.Add(cluster);
            db.ClusterObservations.Add(new Domain.Clusters.ClusterObservation { ClusterId = cluster.Id });
            await db.SaveChangesAsync(Stop);
        }

        await _host.Admin.SendAsync(
            $$"""mutation { updateCluster(id: "{{cluster.Id}}", status: INACTIVE, statusReason: { message: "The rack is moved." }) { id } }""", cancellationToken: Stop);

        Assert.Equal(["The rack is moved."], await database.QueryAsync<string>($"select reason from {HoustonNames.AuditLog} where action = 'cluster.update'", Stop));
        Assert.Equal("The rack is moved.", (string?)LastLine()["reason"]);
    }

    [Fact]
    public async Task A_row_that_cannot_be_stored_fails_no_answer()
    {
        await database.ExecuteAsync($"alter table {HoustonNames.AuditLog} add constraint full_disk check (outcome <> 'FAILURE')", Stop);

        try
        {
            var answer = await _host.Admin.SendAsync($$"""mutation { deregisterCluster(id: "{{Guid.NewGuid()}}") { id } }""", cancellationToken: Stop);
            var failures = await FailuresAsync();

            Assert.Contains("Cluster not found", answer.Body, StringComparison.Ordinal);
            Assert.Empty(failures);
        }
        finally
        {
            await database.ExecuteAsync($"alter table {HoustonNames.AuditLog} drop constraint full_disk", Stop);
        }
    }

    private static string WithoutNulls(JsonNode variables)
        => new JsonObject(variables.AsObject().Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone()))).ToJsonString();

    /// <summary>The rows of failures, once none is on its way any more.</summary>
    private async Task<List<string>> FailuresAsync()
    {
        while (_host.Services.GetRequiredService<FailureRows>().Waiting > 0)
        {
            await Task.Yield();
        }

        return await database.QueryAsync<string>(
            $"""
            select concat_ws(' ', "actorKind", "actorId", "actorName", "actorEmail", nullif(array_to_string("actorRoles", ' '), ''), "clientType", action, operation,
                variables, "entityType", "entityId", "errorCode", "errorMessage")
            from {HoustonNames.AuditLog} where outcome = 'FAILURE'
            """,
            Stop);
    }

    private IEnumerable<JsonNode> Lines() => _output.Calls.Select(line => JsonNode.Parse(line)!);

    private JsonNode LastLine() => Lines().Last();
}
