using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Apc.ControlPlane.Api.Tests.Identity.Users;

/// <summary>A host with an admin, over a database of its own, whose mails arrive at a server of the test.</summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    public const string Password = "Correct-horse-1";

    private readonly PostgresDatabase _database;
    private readonly ApiHost _host;

    private PeopleHost(PostgresDatabase database, ApiHost host, MailServer mails, GraphQLClient admin)
    {
        (_database, _host, Mails, Admin) = (database, host, mails, admin);
        Anonymous = host.Anonymous;
    }

    public MailServer Mails { get; }

    public GraphQLClient Anonymous { get; }

    public GraphQLClient Admin { get; }

    public PostgresDatabase Database => _database;

    public Uri Address => _host.Address;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A host that sends mails.</summary>
    public static Task<PeopleHost> StartAsync(PostgresServer server, FakeClock clock, params string[] settings)
        => StartAsync(server, clock, sendsMails: true, log: null, settings);

    /// <summary>A host that sends none.</summary>
    public static Task<PeopleHost> StartWithoutMailAsync(PostgresServer server, FakeClock clock, params string[] settings)
        => StartAsync(server, clock, sendsMails: false, log: null, settings);

    public static async Task<PeopleHost> StartAsync(
        PostgresServer server, FakeClock clock, bool sendsMails, ILoggerProvider? log, params string[] settings)
    {
        var database = new PostgresDatabase(server);
        await database.InitializeAsync();
        var mails = new MailServer();
        var host = await ApiHost.StartAsync(
            database,
            services =>
            {
                services.RemoveAll<TimeProvider>();
                services.AddSingleton<TimeProvider>(clock);

                if (log is not null)
                {
                    services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
                }
            },
            [.. sendsMails ? mails.Settings : [], .. settings]);
        return new PeopleHost(database, host, mails, await host.SignInAsAdminAsync(Cancelled));
    }

    public Task<GraphQLAnswer> AskAsync(string query) => Anonymous.SendAsync(query, cancellationToken: Cancelled);

    public Task<GraphQLAnswer> AskAsAdminAsync(string query) => Admin.SendAsync(query, cancellationToken: Cancelled);

    /// <summary>Asks with this token.</summary>
    public async Task<GraphQLAnswer> AskAsync(string? token, string query)
    {
        using var client = Anonymous.As(token);
        return await client.SendAsync(query, cancellationToken: Cancelled);
    }

    public Task<GraphQLAnswer> SignUpAsync(string email, string? inviteToken = null, string password = Password)
        => Anonymous.SendAsync(
            "mutation($email: String!, $password: String!, $inviteToken: String) { createUser(email: $email, password: $password, inviteToken: $inviteToken) { user { id username status emails { verified } roleBindings { role } } token { value } } }",
            new { email, password, inviteToken },
            Cancelled);

    public Task<GraphQLAnswer> SignInAsync(string identity, string password = Password)
        => Anonymous.SendAsync(
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password },
            Cancelled);

    public async Task<string> TokenAsync(string identity, string password = Password) => (await SignInAsync(identity, password)).Text("createToken.token.value");

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        await _host.DisposeAsync();
        await Mails.DisposeAsync();
        await _database.DisposeAsync();
    }
}
