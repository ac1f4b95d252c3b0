using System.Net;
using System.Net.Http.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>What <c>/v1/authorization</c> and <c>/v1/session</c> answer.</summary>
public sealed class GateTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private ApiHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""truncate houston$default."User", houston$default."ServiceAccount", houston$default."AuditLog" cascade""", CancellationToken.None);
        _host = await ApiHost.StartAsync(database, clock: null, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false", "Houston:BaseDomain=example.com");
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}")]
    [InlineData("bearer   {0}")]
    public async Task Tells_who_an_admin_is(string authorization)
    {
        var token = await AdminTokenAsync();
        using var answer = await AskAsync(HttpMethod.Get, ("Authorization", string.Format(null, authorization, token)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ($"Bearer {token}", "admin@example.com", "admin@example.com", "no-store", ""),
            (Header(answer, "authorization"), Header(answer, "username"), Header(answer, "email"), Header(answer, "Cache-Control"), await BodyAsync(answer)));
    }

    [Fact]
    public async Task Knows_a_browser_by_its_cookie_as_long_as_the_session_lasts()
    {
        var token = await AdminTokenAsync();
        using var session = await SessionAsync(HttpMethod.Post, token);
        var cookie = Header(session, "Set-Cookie")!.Split(';')[0];
        Assert.Equal($"__Host-apc_session={token}", cookie);

        using var known = await AskAsync(HttpMethod.Get, ("Cookie", cookie));
        Assert.Equal((HttpStatusCode.OK, $"Bearer {token}", "admin@example.com"), (known.StatusCode, Header(known, "authorization"), Header(known, "username")));

        using var end = new HttpRequestMessage(HttpMethod.Delete, "/v1/session");
        end.Headers.Add("Cookie", cookie);
        using var ended = await _http.SendAsync(end, Cancellation);
        Assert.Equal(
            (HttpStatusCode.NoContent, "__Host-apc_session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/; secure; samesite=lax; httponly"), (ended.StatusCode, Header(ended, "Set-Cookie")));

        using var afterwards = await AskAsync(HttpMethod.Get, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, afterwards.StatusCode);
        Assert.Equal(
            ["user.signOut admin@example.com"],
            await database.QueryAsync<string>("""select concat_ws(' ', action, "entityName") from houston$default."AuditLog" where action = 'user.signOut'""", Cancellation));
    }

    [Fact]
    public async Task The_cookie_is_for_the_gate_alone()
    {
        var token = await AdminTokenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1") { Content = JsonContent.Create(new { query = "{ self { isAdmin } }" }) };
        request.Headers.Add("Cookie", $"__Host-apc_session={token}");
        using var answer = await _http.SendAsync(request, Cancellation);
        Assert.Contains("UNAUTHENTICATED", await BodyAsync(answer), StringComparison.Ordinal);

        using var another = new HttpRequestMessage(HttpMethod.Post, "/v1/session");
        another.Headers.Add("Cookie", $"__Host-apc_session={token}");
        using var refused = await _http.SendAsync(another, Cancellation);
        Assert.Equal((HttpStatusCode.Unauthorized, null), (refused.StatusCode, Header(refused, "Set-Cookie")));
    }

    [Fact]
    public async Task A_header_goes_before_a_cookie_even_when_it_is_wrong()
    {
        var token = await AdminTokenAsync();
        using var answer = await AskAsync(HttpMethod.Get, ("Authorization", "Bearer wrong"), ("Cookie", $"__Host-apc_session={token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Answers_whatever_the_method(string method)
    {
        using var known = await AskAsync(new HttpMethod(method), ("Authorization", await AdminTokenAsync()));
        using var unknown = await AskAsync(new HttpMethod(method));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (known.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Refuses_nobody_and_users_without_the_permission_in_two_ways()
    {
        using var nobody = await AskAsync(HttpMethod.Get);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "Bearer", """{"errors":[{"message":"You do not have the appropriate permissions for that","extensions":{"code":"UNAUTHENTICATED"}}]}"""),
            (nobody.StatusCode, nobody.Headers.WwwAuthenticate.ToString(), await BodyAsync(nobody)));

        using var user = await AskAsync(HttpMethod.Get, ("Authorization", await MakeUserAsync("ada@example.com", "ada")));
        Assert.Equal(
            (HttpStatusCode.Forbidden, """{"errors":[{"message":"You do not have the appropriate permissions for that","extensions":{"code":"FORBIDDEN"}}]}"""),
            (user.StatusCode, await BodyAsync(user)));
        Assert.Null(Header(user, "username"));
    }

    [Fact]
    public async Task Addresses_that_are_no_plain_text_are_percent_encoded()
    {
        var token = await MakeViewerAsync("100%40@example.com", "Zoë");
        using var answer = await AskAsync(HttpMethod.Get, ("Authorization", token));
        Assert.Equal(
            (HttpStatusCode.OK, "100%2540@example.com", "100%2540@example.com"), (answer.StatusCode, Header(answer, "username"), Header(answer, "email")));
    }

    /// <summary>Everything that people may choose about themselves is set to what Grafana calls its admin, and to the admin's own address.</summary>
    [Theory]
    [InlineData("admin")]
    [InlineData("Admin")]
    [InlineData("sa:00000000-0000-0000-0000-000000000000")]
    [InlineData("user:00000000-0000-0000-0000-000000000000")]
    public async Task Nobody_passes_for_somebody_else_by_a_name_that_they_chose(string name)
    {
        var token = await MakeViewerAsync("mallory@example.com", name);
        using var anonymous = _host.Anonymous;
        using var mallory = anonymous.As(token);
        await mallory.SendAsync(
            "mutation($payload: JSON!) { updateSelf(payload: $payload) { username } }", new { payload = new { username = $"{name}!", fullName = "admin@example.com" } }, Cancellation);

        using var answer = await AskAsync(HttpMethod.Get, ("Authorization", token));

        Assert.Equal(
            (HttpStatusCode.OK, "mallory@example.com", "mallory@example.com"), (answer.StatusCode, Header(answer, "username"), Header(answer, "email")));
        Assert.DoesNotContain(answer.Headers.NonValidated, header => header.Value.ToString().Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_user_without_a_verified_address_is_known_by_id()
    {
        var token = await MakeViewerAsync("ceo@example.com", "ceo");
        await database.ExecuteAsync("""update houston$default."Email" set verified = false where address = 'ceo@example.com'""", Cancellation);
        await using var other = await ApiHost.StartAsync(database);
        using var http = new HttpClient { BaseAddress = other.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);

        using var answer = await http.GetAsync("/v1/authorization", Cancellation);

        var id = await database.QueryAsync<Guid>("""select id from houston$default."User" where username = 'ceo'""", Cancellation);
        Assert.Equal((HttpStatusCode.OK, $"user:{id.Single()}", null), (answer.StatusCode, Header(answer, "username"), Header(answer, "email")));
        Assert.DoesNotContain("ceo", answer.Headers.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("night watch")]
    [InlineData("admin@example.com")]
    public async Task A_service_account_is_known_by_its_id_whatever_its_label_and_has_no_address(string label)
    {
        using var admin = await _host.SignInAsAdminAsync(Cancellation);
        var made = await admin.SendAsync(
            "mutation($label: String!) { createSystemServiceAccount(label: $label, role: SYSTEM_VIEWER) { id apiKey } }", new { label }, Cancellation);
        var key = made.Text("createSystemServiceAccount.apiKey");
        using var answer = await AskAsync(HttpMethod.Get, ("Authorization", key));
        Assert.Equal(
            (HttpStatusCode.OK, $"sa:{made.Text("createSystemServiceAccount.id")}", null), (answer.StatusCode, Header(answer, "username"), Header(answer, "email")));

        // A key has no place in a browser.
        using var session = await SessionAsync(HttpMethod.Post, key);
        Assert.Equal(HttpStatusCode.Unauthorized, session.StatusCode);
    }

    [Theory]
    [InlineData("https://grafana.example.com/d/1?a=b&c=d", "\"https://grafana.example.com/d/1?a=b\\u0026c=d\"")]
    [InlineData("https://evil.example.org/", "null")]
    public async Task A_session_leads_back_to_hosts_of_the_platform_only(string rd, string answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/session") { Content = JsonContent.Create(new { rd }) };
        request.Headers.TryAddWithoutValidation("Authorization", await AdminTokenAsync());
        using var answer = await _http.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.OK, $$"""{"rd":{{answered}}}"""), (answer.StatusCode, await BodyAsync(answer)));
    }

    [Fact]
    public async Task Ending_a_session_that_is_none_does_no_harm()
    {
        using var answer = await _http.DeleteAsync("/v1/session", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static string? Header(HttpResponseMessage answer, string name)
        => answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static Task<string> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/v1/authorization");

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> SessionAsync(HttpMethod method, string token)
    {
        using var request = new HttpRequestMessage(method, "/v1/session");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        return await _http.SendAsync(request, Cancellation);
    }

    private Task<string> AdminTokenAsync() => TokenAsync("admin@example.com", "Correct-horse-1");

    private async Task<string> TokenAsync(string identity, string password)
    {
        using var anonymous = _host.Anonymous;
        return (await anonymous.SendAsync(
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password },
            Cancellation))
            .Text("createToken.token.value");
    }

    /// <summary>Somebody whom the gate lets through; the operator vouches for the address.</summary>
    private async Task<string> MakeViewerAsync(string email, string username)
    {
        await MakeUserAsync(email, username);
        await database.ExecuteAsync(
            """
            insert into houston$default."RoleBinding" (id, role, "userId", "createdAt")
            select gen_random_uuid(), 'SYSTEM_VIEWER', id, now() from houston$default."User" where username <> 'admin@example.com'
            """,
            Cancellation);

        // A token that was looked up before would be believed to have no role for a moment.
        return await TokenAsync(email, "Correct-horse-2");
    }

    private async Task<string> MakeUserAsync(string email, string username)
    {
        using var anonymous = _host.Anonymous;
        return (await anonymous.SendAsync(
            "mutation($email: String!, $username: String) { createUser(email: $email, username: $username, password: \"Correct-horse-2\") { token { value } } }",
            new { email, username },
            Cancellation))
            .Text("createUser.token.value");
    }
}
