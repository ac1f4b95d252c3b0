using System.Globalization;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.AuditLogs;

public sealed class PaginatedAuditLogsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly Guid Ada = Guid.Parse("018f0000-0000-7000-8000-00000000000a");
    private static readonly Guid Bob = Guid.Parse("018f0000-0000-7000-8000-00000000000b");
    private static readonly Guid One = Guid.Parse("018f0000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("018f0000-0000-7000-8000-000000000002");

    private Installation _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new());
        await database.ExecuteAsync($"delete from {HoustonNames.AuditLog}", Stop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "f e d c b a", 6)]
    [InlineData("actorId: \"018f0000-0000-7000-8000-00000000000a\"", "e c a", 3)]
    [InlineData("actorId: \"nobody\"", "", 0)]
    [InlineData("actorId: \"\"", "f e d c b a", 6)]
    [InlineData("entityType: \"cluster\"", "e d b a", 4)]
    [InlineData("entityType: \"Cluster\"", "", 0)]
    [InlineData("entityType: \"a\\u0000b\"", "", 0)]
    [InlineData("entityId: \"018f0000-0000-7000-8000-000000000002\"", "d c", 2)]
    [InlineData("entityId: \"018F0000-0000-7000-8000-000000000002\"", "d c", 2)]
    [InlineData("action: \"cluster.update\"", "e d b", 3)]
    [InlineData("outcome: FAILURE", "f b", 2)]
    [InlineData("outcome: SUCCESS", "e d c a", 4)]
    [InlineData("from: \"2026-01-01T10:02:00Z\"", "f e d c", 4)]
    [InlineData("to: \"2026-01-01T10:02:00Z\"", "b a", 2)]
    [InlineData("from: \"2026-01-01T11:01:00+01:00\", to: \"2026-01-01T10:03:00Z\"", "d c b", 3)]
    [InlineData("entityType: \"cluster\", outcome: SUCCESS, action: \"cluster.update\", from: \"2026-01-01T10:03:00Z\"", "e", 1)]
    public async Task Filters_are_joined_by_and(string arguments, string names, int count)
    {
        await StoreAsync();

        var answer = await AskAsync(arguments);

        Assert.Equal((names, count), (Names(answer), answer.Data("paginatedAuditLogs.count").GetInt32()));
    }

    [Fact]
    public async Task Shows_the_whole_of_an_entry()
    {
        await database.ExecuteAsync(
            $$"""
            insert into {{HoustonNames.AuditLog}} (id, at, "actorKind", "actorId", "actorName", "actorEmail", "actorRoles", "tokenId", address, "clientType", action,
                operation, variables, "entityType", "entityId", "entityName", before, after, reason, outcome, "errorCode", "errorMessage", "requestId")
            values ('{{One}}', '2026-01-01T10:00:00Z', 'SERVICE_ACCOUNT', '{{Ada}}', 'robot', null, '{SYSTEM_ADMIN}', 'apc_s_12345678', '10.0.0.1', 'api', 'cluster.update',
                'updateCluster', '{"id":"x"}', 'cluster', '{{Two}}', 'c1', '{"name":"c0"}', '{"name":"c1"}', 'why not', 'FAILURE', 'FORBIDDEN', 'No.', '0HN:1')
            """,
            Stop);

        var answer = await _host.Admin.SendAsync(
            """
            { paginatedAuditLogs { auditLogs {
                id at actorKind actorId actorName actorEmail actorRoles tokenId address clientType action operation variables
                entityType entityId entityName before after reason outcome errorCode errorMessage requestId } } }
            """,
            cancellationToken: Stop);

        Assert.Equal(
            $$"""
            {"id":"{{One}}","at":"2026-01-01T10:00:00.000Z","actorKind":"SERVICE_ACCOUNT","actorId":"{{Ada}}","actorName":"robot","actorEmail":null,"actorRoles":["SYSTEM_ADMIN"],"tokenId":"apc_s_12345678","address":"10.0.0.1","clientType":"api","action":"cluster.update","operation":"updateCluster","variables":{"id":"x"},"entityType":"cluster","entityId":"{{Two}}","entityName":"c1","before":{"name":"c0"},"after":{"name":"c1"},"reason":"why not","outcome":"FAILURE","errorCode":"FORBIDDEN","errorMessage":"No.","requestId":"0HN:1"}
            """,
            answer.Data("paginatedAuditLogs.auditLogs")[0].GetRawText());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Pages_show_each_entry_once_though_some_have_the_same_time(int take)
    {
        await StoreAsync();
        var seen = new List<string>();
        var cursor = "";

        while (true)
        {
            var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"take: {take}, cursor: \"{cursor}\""));
            var page = answer.Data("paginatedAuditLogs.auditLogs").EnumerateArray().ToArray();
            Assert.Equal(6, answer.Data("paginatedAuditLogs.count").GetInt32());

            if (page.Length == 0)
            {
                break;
            }

            seen.AddRange(page.Select(entry => entry.GetProperty("entityName").GetString()!));
            cursor = page[^1].GetProperty("id").GetString()!;
        }

        Assert.Equal("f e d c b a", string.Join(' ', seen));
    }

    [Theory]
    [InlineData("take: 0", "take is 0, but must be 1 to 100, or -1 for as many as one page may have (100).", "BAD_USER_INPUT")]
    [InlineData("take: 101", "take is 101, but must be 1 to 100, or -1 for as many as one page may have (100).", "BAD_USER_INPUT")]
    [InlineData("cursor: \"x\"", "There is no audit log with the id 'x' to start after. Start again without a cursor.", "CURSOR_NOT_FOUND")]
    [InlineData(
        "cursor: \"018f0000-0000-7000-8000-0000000000ff\"",
        "There is no audit log with the id '018f0000-0000-7000-8000-0000000000ff' to start after. Start again without a cursor.",
        "CURSOR_NOT_FOUND")]
    public async Task What_cannot_be_answered_is_named(string arguments, string message, string code)
    {
        var answer = await AskAsync(arguments);

        Assert.Equal(
            $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":3}],"path":["paginatedAuditLogs"],"extensions":{"code":"{{{code}}}"}}],"data":{"paginatedAuditLogs":null}}""",
            answer.Body);
    }

    private Task<GraphQLAnswer> AskAsync(string arguments)
        => _host.Admin.SendAsync(
            $"{{ paginatedAuditLogs{(arguments.Length == 0 ? "" : $"({arguments})")} {{ auditLogs {{ id entityName }} count }} }}", cancellationToken: Stop);

    private static string Names(GraphQLAnswer answer)
        => string.Join(' ', answer.Data("paginatedAuditLogs.auditLogs").EnumerateArray().Select(entry => entry.GetProperty("entityName").GetString()));

    /// <summary>Six entries, of which c and d were made at the same time.</summary>
    private Task StoreAsync() => database.ExecuteAsync(
        $"""
        insert into {HoustonNames.AuditLog} (id, at, "actorKind", "actorId", action, "entityType", "entityId", "entityName", outcome) values
            ('018f0000-0000-7000-8000-0000000000a0', '2026-01-01T10:00:00Z', 'USER', '{Ada}', 'cluster.register', 'cluster', '{One}', 'a', 'SUCCESS'),
            ('018f0000-0000-7000-8000-0000000000b0', '2026-01-01T10:01:00Z', 'USER', '{Bob}', 'cluster.update', 'cluster', '{One}', 'b', 'FAILURE'),
            ('018f0000-0000-7000-8000-0000000000c0', '2026-01-01T10:02:00Z', 'USER', '{Ada}', 'user.create', 'user', '{Two}', 'c', 'SUCCESS'),
            ('018f0000-0000-7000-8000-0000000000d0', '2026-01-01T10:02:00Z', 'USER', '{Bob}', 'cluster.update', 'cluster', '{Two}', 'd', 'SUCCESS'),
            ('018f0000-0000-7000-8000-0000000000e0', '2026-01-01T10:03:00Z', 'USER', '{Ada}', 'cluster.update', 'cluster', '{One}', 'e', 'SUCCESS'),
            ('018f0000-0000-7000-8000-0000000000f0', '2026-01-01T10:04:00Z', 'SYSTEM', null, 'team.create', 'team', null, 'f', 'FAILURE')
        """,
        Stop);
}
