using System.Xml.Linq;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.ControlPlane.Data;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>The key ring that replicas share, and what of it stands in the database.</summary>
public sealed class ProtectionKeysTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly XElement One = XElement.Parse("""<key id="1"><masterKey>canary</masterKey></key>""");
    private static readonly XElement Two = XElement.Parse("""<key id="2" />""");

    private readonly FakeLoggerProvider _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.ExecuteAsync("""truncate houston$default."ProtectionKey" """, Cancelled);

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_in_that_began_at_one_replica_ends_at_another(bool byOpenId)
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["sub"] = "1001", ["email"] = "admin@example.com", ["email_verified"] = true };
        string[] settings = [.. byOpenId ? provider.OpenIdSettings() : provider.Settings(), "Houston:PublicUrl=http://houston.example.com"];
        await using var one = await ApiHost.StartAsync(database, clock: null, settings);
        await using var two = await ApiHost.StartAsync(database, clock: null, settings);
        using var ada = new Visitor(one);
        using var grace = new Visitor(two);

        // Both at once, and before there is any key.
        var callbacks = await Task.WhenAll(ada.StopBeforeCallbackAsync(), grace.StopBeforeCallbackAsync());

        Assert.Equal(["/token", "/token"], await Task.WhenAll(ada.EndAtAsync(two, callbacks[0]), grace.EndAtAsync(one, callbacks[1])));
        Assert.Equal([1], await database.QueryAsync<int>("""select number from houston$default."ProtectionKey" """, Cancelled));
        Assert.Empty(provider.Complaints);
    }

    [Fact]
    public async Task Hosts_without_providers_have_no_key_ring()
    {
        await using var host = await ApiHost.StartAsync(database);

        Assert.Null(host.Services.GetService(typeof(ProtectionKeys)));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_host_that_starts_asks_for_no_key()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await ApiHost.StartAsync(database, clock: null, provider.Settings());

        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public void Of_two_replicas_that_make_a_key_at_once_the_second_takes_the_first_s()
    {
        var (one, two) = (Keys(password: null), Keys(password: null));
        Assert.Empty(one.GetAllElements());
        Assert.Empty(two.GetAllElements());

        one.StoreElement(One, "");
        two.StoreElement(Two, "");
        Assert.Equal([One], two.GetAllElements(), XNode.DeepEquals);

        two.StoreElement(Two, "");
        Assert.Equal([Two, One], one.GetAllElements(), XNode.DeepEquals);
    }

    [Fact]
    public async Task Keys_are_sealed_with_the_password_of_the_database_where_it_has_one()
    {
        var keys = Keys("s3cret");
        keys.GetAllElements();
        keys.StoreElement(One, "");

        Assert.Equal([One], Keys("s3cret").GetAllElements(), XNode.DeepEquals);
        Assert.DoesNotContain("canary", Assert.Single(await RowsAsync()), StringComparison.Ordinal);
        Assert.Equal([true], await database.QueryAsync<bool>("""select xml is null and sealed is not null from houston$default."ProtectionKey" """, Cancelled));
    }

    [Fact]
    public void Keys_of_another_password_are_passed_over_and_new_ones_follow_them()
    {
        var before = Keys("s3cret");
        before.GetAllElements();
        before.StoreElement(One, "");
        var after = Keys("changed");

        Assert.Empty(after.GetAllElements());
        Assert.Equal(
            ["Warning: Key 1 of the key ring was sealed with another password of the database. Sign-ins through providers that are under way have to be begun again."],
            _log.Lines);

        after.StoreElement(Two, "");
        Assert.Equal([Two], after.GetAllElements(), XNode.DeepEquals);
    }

    [Fact]
    public async Task Without_a_password_a_key_stands_in_the_database_as_it_is()
    {
        var keys = Keys(password: null);
        keys.GetAllElements();
        keys.StoreElement(One, "");

        Assert.Contains("canary", Assert.Single(await RowsAsync()), StringComparison.Ordinal);
        Assert.Equal([One], Keys("s3cret").GetAllElements(), XNode.DeepEquals);
    }

    private Task<List<string>> RowsAsync() => database.QueryAsync<string>("""select k::text from houston$default."ProtectionKey" k""", Cancelled);

    private ProtectionKeys Keys(string? password)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"] = password is null ? null : $"Host=x;Password={password}",
        }).Build();
        return new ProtectionKeys(
            new Contexts(database), new DatabaseSeal(configuration), TimeProvider.System, new LoggerFactory([_log]).CreateLogger<ProtectionKeys>());
    }

    private sealed class Contexts(PostgresDatabase database) : IDbContextFactory<ControlPlaneDbContext>
    {
        public ControlPlaneDbContext CreateDbContext() => database.CreateContext();
    }
}
