using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>Service accounts that end by themselves.</summary>
public sealed class ServiceAccountExpiryTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await Installation.StartAsync(database, new() { Clock = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(EntityType.System)]
    [InlineData(EntityType.Workspace)]
    [InlineData(EntityType.Deployment)]
    [InlineData(EntityType.Cluster)]
    public async Task A_key_is_refused_from_then_on(EntityType type)
    {
        var made = await CreateAsync(type, "2026-01-01T14:00:00+01:00");
        Assert.Equal("2026-01-01T13:00:00.000Z", made.Text("made.expiresAt"));
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Null(await _host.RefusalAsync(made.Text("made.apiKey")));

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("UNAUTHENTICATED", await _host.RefusalAsync(made.Text("made.apiKey")));
    }

    [Theory]
    [InlineData(EntityType.System, "2026-01-01T12:00:00Z")]
    [InlineData(EntityType.Workspace, "2020-01-01T00:00:00Z")]
    [InlineData(EntityType.Deployment, "2036-01-01T12:00:00.001Z")]
    [InlineData(EntityType.Cluster, "9999-12-31T23:59:59Z")]
    public async Task An_end_that_is_past_or_too_far_is_refused(EntityType type, string expiresAt)
        => AnswerAssert.Refuses(
            "made", "expiresAt is in the future, and at most 10 years from now.", "SERVICE_ACCOUNT_EXPIRY_INVALID", await CreateAsync(type, expiresAt));

    private async Task<GraphQLAnswer> CreateAsync(EntityType type, string expiresAt)
    {
        var entity = await _host.AddEntityAsync(type);
        var (infix, argument, entityType) = ServiceAccountApi.ScopeOf(entity);
        return await _host.Admin.SendAsync(
            $"mutation {{ made: create{infix}ServiceAccount(label: \"x\"{(argument.Length == 0 ? "" : $", {argument}: \"{entity.Id}\"")}, role: {entityType}_VIEWER, expiresAt: \"{expiresAt}\") {{ apiKey expiresAt }} }}",
            cancellationToken: Cancellation);
    }
}
