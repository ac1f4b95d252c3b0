using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>What callers of <c>rotateServiceAccountKey</c> see, and what becomes of the keys.</summary>
public sealed class ServiceAccountKeyRotationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private MadeAccount _account = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new() { Clock = _clock });
        _account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_key_before_goes_on_working_until_the_overlap_ends()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var rotated = await RotateAsync("overlap: 3600");
        var key = rotated.Text("rotateServiceAccountKey.apiKey");

        AnswerAssert.Is(
            $$$"""
            {"data":{"rotateServiceAccountKey":{"id":"{{{_account.Id}}}","apiKey":"{{{key}}}","keys":[
              {"publicId":"{{{key[..14]}}}","createdAt":"2026-01-01T12:01:00.000Z","expiresAt":null,"lastUsedAt":null},
              {"publicId":"{{{_account.Masked}}}","createdAt":"2026-01-01T12:00:00.000Z","expiresAt":"2026-01-01T13:01:00.000Z","lastUsedAt":null}] } }}
            """,
            rotated);
        Assert.Equal((null, null), (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(key)));

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal((null, null), (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(key)));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(("UNAUTHENTICATED", null), (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(key)));
    }

    [Fact]
    public async Task Without_an_overlap_the_key_before_ends_at_once()
    {
        var key = (await RotateAsync("overlap: 0")).Text("rotateServiceAccountKey.apiKey");

        Assert.Equal(("UNAUTHENTICATED", null), (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(key)));
        Assert.Equal([key[..14]], await KeysAsync());
    }

    [Fact]
    public async Task The_overlap_is_a_day_unless_given()
    {
        var expected = """{"rotateServiceAccountKey":{"keys":[{"expiresAt":null},{"expiresAt":"2026-01-02T12:00:00.000Z"}]}}""";

        Assert.Contains(expected, (await RotateAsync(null, "keys { expiresAt }")).Body, StringComparison.Ordinal);
        await RotateAsync("overlap: 0");
        Assert.Contains(expected, (await RotateAsync("overlap: null", "keys { expiresAt }")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_waits_for_the_one_before_unless_it_ends_all_keys()
    {
        var second = (await RotateAsync("overlap: 604800")).Text("rotateServiceAccountKey.apiKey");

        AnswerAssert.Refuses(
            "rotateServiceAccountKey",
            "The key was rotated already, and the one before it works until 2026-01-08T12:00:00Z. Rotate again after that, or with overlap: 0, which ends both at once.",
            "KEY_ROTATION_UNDER_WAY",
            await RotateAsync("overlap: 1"));
        Assert.Equal([second[..14], _account.Masked], await KeysAsync());

        var third = (await RotateAsync("overlap: 0")).Text("rotateServiceAccountKey.apiKey");
        Assert.Equal(
            ("UNAUTHENTICATED", "UNAUTHENTICATED", null),
            (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(second), await _host.RefusalAsync(third)));
    }

    [Fact]
    public async Task A_key_that_has_ended_makes_room_for_the_next_rotation()
    {
        var second = (await RotateAsync("overlap: 60")).Text("rotateServiceAccountKey.apiKey");
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([second[..14], _account.Masked], await KeysAsync());

        var third = (await RotateAsync("overlap: 60")).Text("rotateServiceAccountKey.apiKey");

        Assert.Equal([third[..14], second[..14]], await KeysAsync());
        Assert.Equal(
            ("UNAUTHENTICATED", null, null),
            (await _host.RefusalAsync(_account.Key), await _host.RefusalAsync(second), await _host.RefusalAsync(third)));
    }

    [Fact(Timeout = 30_000)]
    public async Task Each_key_has_a_last_use_of_its_own_and_the_account_the_latest()
    {
        const string Fields = "lastUsedAt keys { lastUsedAt }";
        await _host.RefusalAsync(_account.Key);
        await ShownUntilAsync(Fields, """{"lastUsedAt":"2026-01-01T12:00:00.000Z","keys":[{"lastUsedAt":"2026-01-01T12:00:00.000Z"}]}""");
        _clock.Advance(TimeSpan.FromSeconds(30));

        var key = (await RotateAsync(null)).Text("rotateServiceAccountKey.apiKey");
        await _host.RefusalAsync(key);
        await ShownUntilAsync(
            Fields, """{"lastUsedAt":"2026-01-01T12:00:30.000Z","keys":[{"lastUsedAt":"2026-01-01T12:00:30.000Z"},{"lastUsedAt":"2026-01-01T12:00:00.000Z"}]}""");

        _clock.Advance(TimeSpan.FromSeconds(30));
        await _host.RefusalAsync(_account.Key);
        await ShownUntilAsync(
            Fields, """{"lastUsedAt":"2026-01-01T12:01:00.000Z","keys":[{"lastUsedAt":"2026-01-01T12:00:30.000Z"},{"lastUsedAt":"2026-01-01T12:01:00.000Z"}]}""");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(604_801)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task An_overlap_is_at_most_seven_days(int overlap)
        => AnswerAssert.Refuses(
            "rotateServiceAccountKey",
            $"overlap is {overlap} seconds, but must be 0 to 604800 (7 days).",
            "KEY_OVERLAP_INVALID",
            await RotateAsync($"overlap: {overlap}"));

    [Fact]
    public async Task A_key_never_outlives_its_account()
    {
        var made = await _host.Admin.SendAsync(
            """mutation { createSystemServiceAccount(label: "short", role: SYSTEM_VIEWER, expiresAt: "2026-01-01T12:30:00Z") { id apiKey } }""", cancellationToken: Cancellation);
        var account = new MadeAccount(made.Text("createSystemServiceAccount.id"), made.Text("createSystemServiceAccount.apiKey"));
        var key = (await RotateAsync(null, of: account)).Text("rotateServiceAccountKey.apiKey");
        _clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Equal((null, null), (await _host.RefusalAsync(account.Key), await _host.RefusalAsync(key)));

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(("UNAUTHENTICATED", "UNAUTHENTICATED"), (await _host.RefusalAsync(account.Key), await _host.RefusalAsync(key)));
    }

    [Fact]
    public async Task Whoever_rotates_a_key_could_do_before_what_it_opens()
    {
        var cluster = await _host.AddEntityAsync(EntityType.Cluster);
        using var editor = await _host.SignInAsync(RoleNames.SystemEditor, ServiceAccountEntity.System);
        Assert.Null((await RotateAsync("overlap: 0", by: editor)).Code);

        // A role elsewhere counts as much as the account's own.
        await _host.Admin.SendAsync(
            $"mutation {{ createClusterRoleBinding(clusterId: \"{cluster.Id}\", serviceAccountUuid: \"{_account.Id}\", role: CLUSTER_ADMIN) {{ id }} }}", cancellationToken: Cancellation);

        AnswerAssert.Refuses(
            "rotateServiceAccountKey", "You do not have the appropriate permissions for that", "FORBIDDEN", await RotateAsync("overlap: 0", by: editor));
    }

    [Fact]
    public async Task A_custom_role_that_the_caller_does_not_hold_counts_too()
    {
        using var editor = await _host.SignInAsync(RoleNames.SystemEditor, ServiceAccountEntity.System);
        await database.ExecuteAsync(
            $$"""
            with role as (
                insert into houston$default."CustomRole" (id, name, scope, permissions, "createdAt", "updatedAt")
                values (gen_random_uuid(), '{{Guid.NewGuid()}}', 'SYSTEM', '{system.clusters.delete}', now(), now()) returning id)
            insert into houston$default."RoleBinding" (id, "customRoleId", "serviceAccountId", "createdAt") select gen_random_uuid(), id, '{{_account.Id}}', now() from role
            """,
            Cancellation);

        Assert.Equal("FORBIDDEN", (await RotateAsync("overlap: 0", by: editor)).Code);
        Assert.Null((await RotateAsync("overlap: 0")).Code);
    }

    [Fact]
    public async Task Of_two_rotations_at_once_one_waits_for_the_other_and_two_keys_are_left()
    {
        for (var round = 0; round < 5; round++)
        {
            var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);

            var answers = await Task.WhenAll(RotateAsync(null, of: account), RotateAsync(null, of: account));

            Assert.Equal([null, "KEY_ROTATION_UNDER_WAY"], answers.Select(a => a.Code).Order());
            var key = answers.Single(a => a.Code is null).Text("rotateServiceAccountKey.apiKey");
            Assert.Equal([key[..14], account.Masked], await KeysAsync(account));
            Assert.Equal((null, null), (await _host.RefusalAsync(account.Key), await _host.RefusalAsync(key)));
        }
    }

    [Fact]
    public async Task Of_two_rotations_at_once_that_end_all_keys_the_later_one_s_is_left()
    {
        for (var round = 0; round < 5; round++)
        {
            var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);

            var answers = await Task.WhenAll(RotateAsync("overlap: 0", of: account), RotateAsync("overlap: 0", of: account));

            var keys = answers.Select(a => a.Text("rotateServiceAccountKey.apiKey")).ToArray();
            var left = Assert.Single(await KeysAsync(account));
            Assert.Contains(left, keys.Select(k => k[..14]));
            Assert.Equal([null, "UNAUTHENTICATED"], (await Task.WhenAll(keys.Select(_host.RefusalAsync))).Order());
        }
    }

    [Fact]
    public async Task An_account_that_is_deleted_while_its_key_is_rotated_leaves_no_key()
    {
        for (var round = 0; round < 5; round++)
        {
            var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);
            var rotating = RotateAsync(null, of: account);
            var deleting = _host.Admin.SendAsync(
                $"mutation {{ deleteSystemServiceAccount(serviceAccountUuid: \"{account.Id}\") {{ id }} }}", cancellationToken: Cancellation);

            var (rotated, deleted) = (await rotating, await deleting);

            Assert.Null(deleted.Code);
            Assert.Equal("UNAUTHENTICATED", await _host.RefusalAsync(account.Key));

            if (rotated.Code is { } code)
            {
                Assert.Equal("SERVICE_ACCOUNT_NOT_FOUND", code);
            }
            else
            {
                Assert.Equal("UNAUTHENTICATED", await _host.RefusalAsync(rotated.Text("rotateServiceAccountKey.apiKey")));
            }

            Assert.Equal([0L], await database.QueryAsync<long>($"""select count(*) from houston$default."ServiceAccountKey" where "serviceAccountId" = '{account.Id}'""", Cancellation));
        }
    }

    [Fact]
    public async Task A_rotation_is_audited_by_public_ids()
    {
        var key = (await RotateAsync("overlap: 60")).Text("rotateServiceAccountKey.apiKey");

        var shown = """{"label":"robot","category":null,"entityType":"SYSTEM","entityUuid":null,"role":"SYSTEM_VIEWER","publicIds":[KEYS],"active":true,"expiresAt":null}""";
        var old = $"\"{_account.Masked[6..]}\"";
        Assert.Equal(
            [$"rotateServiceAccountKey {shown.Replace("KEYS", old, StringComparison.Ordinal)} {shown.Replace("KEYS", $"\"{key[6..14]}\",{old}", StringComparison.Ordinal)}"],
            await database.QueryAsync<string>(
                $"""select concat_ws(' ', operation, before::text, after::text) from houston$default."AuditLog" where action = 'serviceAccount.rotateKey' and "entityId" = '{_account.Id}'""",
                Cancellation));
    }

    private Task<GraphQLAnswer> RotateAsync(
        string? overlap, string fields = "id apiKey keys { publicId createdAt expiresAt lastUsedAt }", MadeAccount? of = null, GraphQLClient? by = null)
        => (by ?? _host.Admin).SendAsync(
            $"mutation($id: Uuid!) {{ rotateServiceAccountKey(serviceAccountUuid: $id{(overlap is null ? "" : $", {overlap}")}) {{ {fields} }} }}",
            new { id = (of ?? _account).Id },
            Cancellation);

    /// <summary>Uses are written behind the caller's back, within milliseconds; or the test ends by its own time limit.</summary>
    private async Task ShownUntilAsync(string fields, string expected)
    {
        var query = $"{{ serviceAccounts(entityType: SYSTEM, serviceAccountUuid: \"{_account.Id}\") {{ {fields} }} }}";

        while ((await _host.Admin.SendAsync(query, cancellationToken: Cancellation)).Data("serviceAccounts")[0].GetRawText() != expected)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<IEnumerable<string?>> KeysAsync(MadeAccount? of = null)
    {
        var answer = await _host.Admin.SendAsync(
            $"{{ serviceAccounts(entityType: SYSTEM, serviceAccountUuid: \"{(of ?? _account).Id}\") {{ apiKey keys {{ publicId }} }} }}", cancellationToken: Cancellation);
        var account = answer.Data("serviceAccounts")[0];
        var keys = account.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("publicId").GetString()).ToArray();
        Assert.Equal(keys[0], account.GetProperty("apiKey").GetString());
        return keys;
    }
}
