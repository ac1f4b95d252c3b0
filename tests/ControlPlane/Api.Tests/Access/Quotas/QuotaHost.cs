using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>Replicas over one database behind a proxy on this machine, so that a test calls from wherever it wants.</summary>
public sealed class QuotaHost : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly ApiHost[] _replicas;
    private readonly HttpClient _http = new();

    private QuotaHost(PostgresDatabase database, ApiHost[] replicas) => (_database, _replicas) = (database, replicas);

    public PostgresDatabase Database => _database;

    public static Task<QuotaHost> StartAsync(PostgresServer server, FakeClock clock, int replicas, params string[] settings)
        => StartAsync(server, clock, replicas, _ => { }, settings);

    /// <summary>The same with changes to what the replicas are made of.</summary>
    public static async Task<QuotaHost> StartAsync(PostgresServer server, FakeClock clock, int replicas, Action<IServiceCollection> configure, params string[] settings)
    {
        var database = new PostgresDatabase(server);
        await database.InitializeAsync();
        var hosts = new ApiHost[replicas];

        for (var i = 0; i < replicas; i++)
        {
            hosts[i] = await ApiHost.StartAsync(
                database,
                services =>
                {
                    services.RemoveAll<TimeProvider>();
                    services.AddSingleton<TimeProvider>(clock);
                    configure(services);
                },
                ["ForwardedHeaders:KnownNetworks:0=127.0.0.0/8", .. settings]);
        }

        return new QuotaHost(database, hosts);
    }

    public async Task<Answer> AskAsync(string from, string query, object? variables = null, string? token = null, int replica = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_replicas[replica].Address, "/v1"));
        request.Content = new StringContent(JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.Add("X-Forwarded-For", from);

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
    }

    public Task<Answer> SignInAsync(string from, string identity, string password, int replica = 0)
        => AskAsync(
            from,
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password },
            replica: replica);

    public Task<Answer> SignUpAsync(string from, string email, string? username = null, string password = "Correct-horse-1", int replica = 0)
        => AskAsync(
            from,
            "mutation($email: String!, $password: String!, $username: String) { createUser(email: $email, password: $password, username: $username) { isAdmin permissions user { username status fullName emails { address verified user { status emails { address } } } roleBindings { role } } token { value } } }",
            new { email, password, username },
            replica: replica);

    public async Task<string> AdminAsync() => (await SignInAsync("192.0.2.1", "admin@example.com", "Correct-horse-1")).Token;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}

/// <summary>What came back, with the header by which a refusal says how long to wait.</summary>
public sealed record Answer(int Status, string Body, string? RetryAfter)
{
    /// <summary>The code of the first error; null where there is none.</summary>
    public string? Code
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return body.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        }
    }

    /// <summary>The token that a sign-in gave.</summary>
    public string Token
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return body.RootElement.GetProperty("data").GetProperty("createToken").GetProperty("token").GetProperty("value").GetString()!;
        }
    }
}
