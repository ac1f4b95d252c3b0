using System.Diagnostics;
using System.Net;
using Apc.TestKit;
using static Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate.GuardedGrafana;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>The configuration of deploy/nginx in a real nginx, before a service that tells what it hears.</summary>
public sealed class NginxGateTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Missing = "nginx is not installed: run tests/install-nginx.sh, or set NGINX to the program.";

    private ApiHost _host = null!;
    private GuardedGrafana? _grafana;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Nginx.FindProgram() is null)
        {
            return;
        }

        await database.ExecuteAsync("""truncate houston$default."User" cascade""", CancellationToken.None);
        _host = await ApiHost.StartAsync(
            database, clock: null, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false", "Houston:CookieDomain=example.test");
        _grafana = await GuardedGrafana.StartAsync(_host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_grafana is not null)
        {
            await _grafana.DisposeAsync();
            await _host.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_admin_gets_through_by_header_and_Grafana_hears_who_it_is_and_no_token()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = _grafana.Visit();

        foreach (var header in new[] { token, $"Bearer {token}", $"bearer {token}" })
        {
            var (status, heard) = await AskAsync(http, "/d/fleet?orgId=1", ("Authorization", header));
            Assert.Equal((HttpStatusCode.OK, "GET /d/fleet?orgId=1"), (status, heard["request"]));
            Assert.Equal(("admin@example.com", "admin@example.com"), (heard["X-WEBAUTH-USER"], heard["X-WEBAUTH-EMAIL"]));
            Assert.DoesNotContain(token[6..], string.Join('\n', heard.Values), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_browser_is_sent_to_sign_in_comes_back_with_a_cookie_and_gets_through()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        using var http = _grafana.Visit();
        using var sent = await SendAsync(http, "/d/fleet?orgId=1&from=now-1h", ("Accept", "text/html"));
        Assert.Equal(
            (HttpStatusCode.Found, $"{Houston}/token?rd={Url}/d/fleet?orgId=1&from=now-1h", "no-store"),
            (sent.StatusCode, sent.Headers.Location!.OriginalString, sent.Headers.CacheControl!.ToString()));

        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        Assert.Equal($"{Url}/d/fleet?orgId=1&from=now-1h", await BeginSessionAsync(http, token, $"{Url}/d/fleet?orgId=1&from=now-1h"));

        var (status, heard) = await AskAsync(http, "/d/fleet", ("Cookie", "grafana_session=theirs; grafana_expiry=1"));
        Assert.Equal((HttpStatusCode.OK, "admin@example.com"), (status, heard["X-WEBAUTH-USER"]));
        Assert.DoesNotContain(token[6..], string.Join('\n', heard.Values), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apc_session=TOKEN", null)]
    [InlineData("a=1; apc_session=TOKEN; b=2", "a=1; b=2")]
    [InlineData("apc_session=TOKEN; b=2", "b=2")]
    [InlineData("a=1; apc_session=TOKEN", "a=1;")]
    [InlineData("a=1;apc_session=TOKEN;b=2", "a=1;b=2")]
    [InlineData("apc_session=TOKEN; a=1; apc_session=TOKEN", null)]
    [InlineData("apc_session=TOKEN; __Host-apc_session=TOKEN", null)]
    public async Task The_session_is_taken_out_of_the_cookies_that_Grafana_hears(string cookies, string? left)
    {
        Assert.SkipWhen(_grafana is null, Missing);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = _grafana.Visit(withCookies: false);
        var (status, heard) = await AskAsync(http, "/", ("Cookie", cookies.Replace("TOKEN", token, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.OK, left), (status, heard.GetValueOrDefault("Cookie")?.TrimEnd()));
    }

    [Theory]
    [InlineData("__Secure-apc_session=TOKEN", null)]
    [InlineData("a=1; __Secure-apc_session=TOKEN; b=2", "a=1; b=2")]
    [InlineData("__Secure-apc_session=TOKEN; b=2; apc_session=planted", null)]
    public async Task Over_https_the_session_has_a_name_of_its_own_which_is_taken_out_too(string cookies, string? left)
    {
        Assert.SkipWhen(_grafana is null, Missing);
        await using var host = await ApiHost.StartAsync(database, clock: null, "Houston:BaseDomain=example.test", "Houston:CookieDomain=example.test");
        await using var nginx = await _grafana.StartNginxAsync(host.Address);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, ConnectCallback = (_, cancellationToken) => nginx.ConnectAsync(cancellationToken) });

        var (_, heard) = await AskAsync(http, "/", ("Cookie", cookies.Replace("TOKEN", token, StringComparison.Ordinal)));
        Assert.Equal(left, heard.GetValueOrDefault("Cookie")?.TrimEnd());
        using var planted = await SendAsync(http, "/", ("Cookie", $"apc_session={token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, planted.StatusCode);
    }

    [Fact]
    public async Task Grafana_hears_no_name_that_somebody_chose()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        using var admin = await _host.SignInAsAdminAsync(Cancellation);
        var account = await admin.SendAsync(
            """mutation { createSystemServiceAccount(label: "admin@example.com", role: SYSTEM_VIEWER) { id apiKey } }""", cancellationToken: Cancellation);
        await admin.SendAsync(
            "mutation($payload: JSON!) { updateSelf(payload: $payload) { username } }", new { payload = new { username = "root" } }, Cancellation);
        using var http = _grafana.Visit();

        var (_, program) = await AskAsync(http, "/", ("Authorization", account.Text("createSystemServiceAccount.apiKey")));
        var (_, person) = await AskAsync(http, "/", ("Authorization", await SignInAsync("root", "Correct-horse-1")));

        Assert.Equal(
            ($"sa:{account.Text("createSystemServiceAccount.id")}", null, "admin@example.com", "admin@example.com"),
            (program["X-WEBAUTH-USER"], program.GetValueOrDefault("X-WEBAUTH-EMAIL"), person["X-WEBAUTH-USER"], person["X-WEBAUTH-EMAIL"]));
    }

    [Fact]
    public async Task A_plain_user_is_refused_and_not_sent_to_sign_in_again()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        using var anonymous = _host.Anonymous;
        var token = (await anonymous.SendAsync(
            """mutation { createUser(email: "ada@example.com", password: "Correct-horse-2") { token { value } } }""", cancellationToken: Cancellation))
            .Text("createUser.token.value");
        using var http = _grafana.Visit();
        using var byHeader = await SendAsync(http, "/", ("Authorization", token), ("Accept", "text/html"));
        await BeginSessionAsync(http, token, null);
        using var byCookie = await SendAsync(http, "/", ("Accept", "text/html"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (byHeader.StatusCode, byCookie.StatusCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer apc_u_0000000000000000000000000000000000000000000000000")]
    public async Task A_program_without_a_token_of_ours_is_told_401(string? authorization)
    {
        Assert.SkipWhen(_grafana is null, Missing);
        using var http = _grafana.Visit();
        using var answer = authorization is null ? await SendAsync(http, "/api/search") : await SendAsync(http, "/api/search", ("Authorization", authorization));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task What_a_client_says_of_itself_is_not_passed_on()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = _grafana.Visit();
        string[] names =
        [
            "X-WEBAUTH-USER", "x-webauth-user", "X-WEBAUTH-EMAIL", "X-WEBAUTH-NAME", "X-WEBAUTH-LOGIN", "X-WEBAUTH-ROLE", "X-WEBAUTH-GROUPS", "X-WEBAUTH-ORGS",
            "X_WEBAUTH_USER", "X-JWT-Assertion", "username", "email", "X-Forwarded-For",
        ];

        var (_, heard) = await AskAsync(http, "/", [("Authorization", token), .. names.Select(name => (name, "forged"))]);
        Assert.DoesNotContain("forged", string.Join('\n', heard.Values), StringComparison.Ordinal);
        Assert.Equal("admin@example.com", heard["X-WEBAUTH-USER"]);

        using var alone = await SendAsync(http, "/", ("X-WEBAUTH-USER", "admin"));
        Assert.Equal(HttpStatusCode.Unauthorized, alone.StatusCode);

        // The way to the gate is nginx's own.
        using var inside = await SendAsync(http, "/.apc/authorization", ("Authorization", token));
        Assert.Equal(HttpStatusCode.NotFound, inside.StatusCode);
    }

    [Fact]
    public async Task Whole_requests_get_through_with_their_method_and_body()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = _grafana.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/api/ds/query") { Content = new StringContent("""{"queries":[]}""") };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var answer = await http.SendAsync(request, Cancellation);
        var heard = await ReadAsync(answer);
        Assert.Equal((HttpStatusCode.OK, "POST /api/ds/query", """{"queries":[]}"""), (answer.StatusCode, heard["request"], heard["body"]));
    }

    [Fact]
    public async Task A_token_that_is_revoked_on_another_replica_stops_within_a_second()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        await using var other = await ApiHost.StartAsync(database);
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = _grafana.Visit();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(http, "/", ("Authorization", token))).Status);

        using (var plain = new HttpClient { BaseAddress = other.Address })
        {
            plain.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
            using var ended = await plain.DeleteAsync("/v1/session", Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        var since = Stopwatch.GetTimestamp();

        while (true)
        {
            var askedAfter = Stopwatch.GetElapsedTime(since);
            using var answer = await SendAsync(http, "/", ("Authorization", token));

            if (answer.StatusCode is HttpStatusCode.Unauthorized)
            {
                break;
            }

            Assert.InRange(askedAfter, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_gate_that_does_not_answer_lets_nobody_in()
    {
        Assert.SkipWhen(_grafana is null, Missing);
        await using var nginx = await _grafana.StartNginxAsync(new Uri("http://127.0.0.1:1"));
        var token = await SignInAsync("admin@example.com", "Correct-horse-1");
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => nginx.ConnectAsync(cancellationToken) });
        using var answer = await SendAsync(http, "/", ("Authorization", token));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private async Task<string> SignInAsync(string identity, string password)
    {
        using var client = await _host.SignInAsync(identity, password, Cancellation);
        return client.Token!;
    }
}
