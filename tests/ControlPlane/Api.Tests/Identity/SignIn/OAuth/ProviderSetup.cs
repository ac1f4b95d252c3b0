using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Installations with the provider <c>acme</c>, and what tests ask of them. Their users and teams of before are deleted.</summary>
/// <remarks>In lists of settings, those of the provider begin with a colon.</remarks>
internal static class ProviderSetup
{
    private static readonly Func<OpenIdProvider, string[], string[]> OAuth2 = (provider, further) => provider.Settings("acme", further);
    private static readonly Func<OpenIdProvider, string[], string[]> OpenId = (provider, further) => provider.OpenIdSettings("acme", further);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A provider of OAuth 2.</summary>
    public static Task<Installation> StartAsync(PostgresDatabase database, params string[] settings)
        => StartAsync(database, clock: null, settings);

    /// <summary>The same without an admin.</summary>
    public static Task<Installation> StartEmptyAsync(PostgresDatabase database, params string[] settings)
        => StartAsync(database, new InstallationSetup { HasAdmin = false }, OAuth2, settings);

    /// <summary>A provider of OAuth 2.</summary>
    public static Task<Installation> StartAsync(PostgresDatabase database, TimeProvider? clock, params string[] settings)
        => StartAsync(database, new InstallationSetup { Clock = clock }, OAuth2, settings);

    /// <summary>A provider of OpenID Connect.</summary>
    public static Task<Installation> StartOpenIdAsync(PostgresDatabase database, TimeProvider? clock, params string[] settings)
        => StartAsync(database, new InstallationSetup { Clock = clock }, OpenId, settings);

    /// <summary>A host alone, whose log is read.</summary>
    /// <param name="database">Its users and teams are gone afterwards.</param>
    /// <param name="log">What operators read.</param>
    /// <param name="isQuiet">Whether the framework is, as it is unless told otherwise.</param>
    /// <param name="settings">Settings, those of the provider included, without a colon.</param>
    public static async Task<ApiHost> StartLoggedAsync(
        PostgresDatabase database, FakeLoggerProvider log, bool isQuiet, params string[] settings)
    {
        await database.ExecuteAsync("""truncate houston$default."User", houston$default."Team" cascade""", Cancellation);
        return await ApiHost.StartAsync(
            database,
            new HostSetup
            {
                Log = log,
                Configure = services => services.AddLogging(logging => logging
                    // It warns of hosts of other tests that shared the database.
                    .AddFilter<FakeLoggerProvider>("Quartz", LogLevel.Error)
                    .AddFilter<FakeLoggerProvider>("Microsoft", level => level >= LogLevel.Error || !isQuiet)),
                Settings = settings,
            });
    }

    public static bool IsWarning(string line)
        => line.StartsWith("Warning: ", StringComparison.Ordinal) || line.StartsWith("Error: ", StringComparison.Ordinal);

    /// <summary>Makes the provider sign in this person from now on.</summary>
    public static Installation Knows(
        this Installation installation, string subject, string? email, bool verified = true, string? name = null, object? groups = null)
    {
        installation.Provider.Claims = new Dictionary<string, object?>
        {
            ["sub"] = subject,
            ["email"] = email,
            ["email_verified"] = verified,
            ["name"] = name,
            ["groups"] = groups,
        };
        return installation;
    }

    public static Visitor Visit(this Installation installation) => new(installation.Host);

    /// <summary>What the holder of a token sees: the whole body.</summary>
    public static async Task<string> BodyAsync(this Installation installation, string token, string query)
        => (await installation.AskAsync(token, query)).Body;

    /// <summary>A row for each user: name, addresses, whether there is a password, identities, system roles.</summary>
    public static Task<List<string>> UsersAsync(this Installation installation)
        => installation.Database.QueryAsync<string>(
            """
            select concat_ws(' ',
              u.username,
              coalesce('(' || u."fullName" || ')', ''),
              u.status,
              case when u."passwordHash" is null then 'no password' else 'password' end,
              (select string_agg(e.address || case when e.verified then ' verified' else ' unverified' end, ',')
               from houston$default."Email" e where e."userId" = u.id),
              (select string_agg(i.provider || '/' || i.subject, ',' order by i.subject)
               from houston$default."UserIdentity" i where i."userId" = u.id),
              (select string_agg(b.role, ',' order by b.role) from houston$default."RoleBinding" b where b."userId" = u.id))
            from houston$default."User" u order by u."createdAt", u.id
            """,
            Cancellation);

    /// <summary>Teams as <c>provider/team: members</c>.</summary>
    public static Task<List<string>> TeamsAsync(this Installation installation)
        => installation.Database.QueryAsync<string>(
            """
            select t.provider || '/' || t.name || ': ' || coalesce(string_agg(u.username, ',' order by u.username), 'nobody')
            from houston$default."Team" t
            left join houston$default."TeamUser" m on m."teamId" = t.id
            left join houston$default."User" u on u.id = m."userId"
            group by t.id order by 1
            """,
            Cancellation);

    private static async Task<Installation> StartAsync(
        PostgresDatabase database, InstallationSetup setup, Func<OpenIdProvider, string[], string[]> settingsOf, string[] settings)
    {
        await database.ExecuteAsync(
            """truncate houston$default."User", houston$default."Team", houston$default."AuditLog", houston$default."QuotaCount" cascade""",
            Cancellation);
        var further = settings.Where(s => s.StartsWith(':')).Select(s => s[1..]).ToArray();
        return await Installation.StartAsync(database, setup with
        {
            People = People.None,
            Provider = provider => settingsOf(provider, further),
            Settings = [.. settings.Where(s => !s.StartsWith(':'))],
        });
    }
}
