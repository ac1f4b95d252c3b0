using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>A host, empty but for its admin where it has one, and a provider at which people sign in.</summary>
internal sealed class OAuthHost : IAsyncDisposable
{
    private static readonly string[] WithoutAdmin = ["Bootstrap:AdminEmail=", "Bootstrap:AdminPassword="];

    private OAuthHost(ApiHost host, OpenIdProvider provider, PostgresDatabase database)
    {
        (Api, Provider, Database) = (host, provider, database);
    }

    public ApiHost Api { get; }

    public OpenIdProvider Provider { get; }

    public PostgresDatabase Database { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="database">Its users and teams are gone afterwards.</param>
    /// <param name="settings">Settings; those of the provider begin with a colon.</param>
    public static Task<OAuthHost> StartAsync(PostgresDatabase database, params string[] settings) => StartAsync(database, null, settings);

    public static Task<OAuthHost> StartEmptyAsync(PostgresDatabase database, params string[] settings)
        => StartAsync(database, null, [.. WithoutAdmin, .. settings]);

    public static Task<OAuthHost> StartAsync(PostgresDatabase database, TimeProvider? clock, params string[] settings)
        => StartAsync(database, clock, (provider, further) => provider.Settings("acme", further), settings);

    /// <summary>The same with a provider of OpenID Connect.</summary>
    public static Task<OAuthHost> StartOpenIdAsync(PostgresDatabase database, TimeProvider? clock, params string[] settings)
        => StartAsync(database, clock, (provider, further) => provider.OpenIdSettings("acme", further), settings);

    /// <summary>A host alone, whose log is read.</summary>
    /// <param name="database">Its users and teams are gone afterwards.</param>
    /// <param name="log">What operators read.</param>
    /// <param name="isQuiet">Whether the framework is, as it is unless told otherwise.</param>
    /// <param name="settings">Settings, those of the provider included.</param>
    public static async Task<ApiHost> StartLoggedAsync(PostgresDatabase database, FakeLoggerProvider log, bool isQuiet, params string[] settings)
    {
        await database.ExecuteAsync("""truncate houston$default."User", houston$default."Team" cascade""", Cancellation);
        return await ApiHost.StartAsync(
            database,
            services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)
                // It warns of hosts of other tests that shared the database.
                .AddFilter<FakeLoggerProvider>("Quartz", LogLevel.Error)
                .AddFilter<FakeLoggerProvider>("Microsoft", level => level >= LogLevel.Error || !isQuiet)),
            settings);
    }

    public static bool IsWarning(string line)
        => line.StartsWith("Warning: ", StringComparison.Ordinal) || line.StartsWith("Error: ", StringComparison.Ordinal);

    private static async Task<OAuthHost> StartAsync(
        PostgresDatabase database, TimeProvider? clock, Func<OpenIdProvider, string[], string[]> settingsOf, string[] settings)
    {
        await database.ExecuteAsync("""truncate houston$default."User", houston$default."Team", houston$default."AuditLog", houston$default."QuotaCount" cascade""", Cancellation);
        var provider = await OpenIdProvider.StartAsync();
        var further = settings.Where(s => s.StartsWith(':')).Select(s => s[1..]).ToArray();
        var host = await ApiHost.StartAsync(
            database, clock, [.. settingsOf(provider, further), .. settings.Where(s => !s.StartsWith(':'))]);
        return new OAuthHost(host, provider, database);
    }

    /// <summary>Whoever comes next is this person.</summary>
    public OAuthHost Knows(string subject, string? email, bool verified = true, string? name = null, object? groups = null)
    {
        Provider.Claims = new Dictionary<string, object?> { ["sub"] = subject, ["email"] = email, ["email_verified"] = verified, ["name"] = name, ["groups"] = groups };
        return this;
    }

    public Visitor Visit() => new(Api);

    /// <summary>What the holder of a token sees.</summary>
    public async Task<string> AskAsync(string token, string query)
    {
        using var anonymous = Api.Anonymous;
        using var client = anonymous.As(token);
        return (await client.SendAsync(query, cancellationToken: Cancellation)).Body;
    }

    /// <summary>A row for each user: name, addresses, whether there is a password, identities, system roles.</summary>
    public Task<List<string>> UsersAsync()
        => Database.QueryAsync<string>(
            """
            select concat_ws(' ', u.username, coalesce('(' || u."fullName" || ')', ''), u.status, case when u."passwordHash" is null then 'no password' else 'password' end,
              (select string_agg(e.address || case when e.verified then ' verified' else ' unverified' end, ',') from houston$default."Email" e where e."userId" = u.id),
              (select string_agg(i.provider || '/' || i.subject, ',' order by i.subject) from houston$default."UserIdentity" i where i."userId" = u.id),
              (select string_agg(b.role, ',' order by b.role) from houston$default."RoleBinding" b where b."userId" = u.id))
            from houston$default."User" u order by u."createdAt", u.id
            """,
            Cancellation);

    /// <summary>Teams as <c>provider/team: members</c>.</summary>
    public Task<List<string>> TeamsAsync()
        => Database.QueryAsync<string>(
            """
            select t.provider || '/' || t.name || ': ' || coalesce(string_agg(u.username, ',' order by u.username), 'nobody')
            from houston$default."Team" t
            left join houston$default."TeamUser" m on m."teamId" = t.id
            left join houston$default."User" u on u.id = m."userId"
            group by t.id order by 1
            """,
            Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
