using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>Replicas behind a proxy on this machine, so that a test calls from the addresses that it wants.</summary>
internal static class QuotaApi
{
    private static readonly HttpClient Http = new();

    public static Task<Installation> StartAsync(PostgresServer server, FakeClock clock, int replicas, params string[] settings)
        => StartAsync(server, clock, replicas, _ => { }, settings);

    /// <summary>The same with changes to what the replicas are made of.</summary>
    public static Task<Installation> StartAsync(
        PostgresServer server, FakeClock clock, int replicas, Action<IServiceCollection> configure, params string[] settings)
        => Installation.StartAsync(server, new()
        {
            Clock = clock,
            Replicas = replicas,
            People = People.None,
            Configure = configure,
            Settings = ["ForwardedHeaders:KnownNetworks:0=127.0.0.0/8", .. settings],
        });

    public static async Task<GraphQLAnswer> AskFromAsync(
        this Installation installation, string address, string query, object? variables = null, string? token = null, int replica = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(installation.Replicas[replica].Address, "/v1"));
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.Add("X-Forwarded-For", address);

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new GraphQLAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        {
            RetryAfter = response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null,
        };
    }

    public static Task<GraphQLAnswer> SignInFromAsync(
        this Installation installation, string address, string identity, string password, int replica = 0)
        => installation.AskFromAsync(
            address,
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password },
            replica: replica);

    public static Task<GraphQLAnswer> SignUpFromAsync(
        this Installation installation, string address, string email, string? username = null, int replica = 0)
        => installation.AskFromAsync(
            address,
            """
            mutation($email: String!, $password: String!, $username: String) {
              createUser(email: $email, password: $password, username: $username) {
                isAdmin permissions
                user { username status fullName emails { address verified user { status emails { address } } } roleBindings { role } }
                token { value }
              }
            }
            """,
            new { email, password = Installation.Password, username },
            replica: replica);

    /// <summary>A token of the admin.</summary>
    public static async Task<string> AdminTokenAsync(this Installation installation)
        => (await installation.SignInFromAsync("192.0.2.1", "admin@example.com", Installation.Password)).Text("createToken.token.value");
}
