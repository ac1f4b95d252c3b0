using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Apc.TestKit;

/// <summary>
/// A small provider as OpenID Connect has it: authorization code with PKCE, token endpoint, userinfo, and signed id tokens, discovery and
/// keys for clients that send a nonce. It is strict with its client, signs in the person that the test has set, and misbehaves when told to.
/// </summary>
public sealed partial class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "control-plane";
    public const string ClientSecret = "a-secret-of-the-provider";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Grant> _codes = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, object?>> _tokens = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly CancellationTokenSource _stopping = new();

    private OpenIdProvider(WebApplication app)
    {
        _app = app;
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
        app.MapGet("/userinfo", UserInfoAsync);
        app.MapGet("/.well-known/openid-configuration", DiscoverAsync);
        app.MapGet("/keys", Keys);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>The next user, as its userinfo endpoint tells; the id token has <c>sub</c> of it.</summary>
    public Dictionary<string, object?> Claims { get; set; } = [];

    /// <summary>What it does wrong from now on.</summary>
    public ProviderFault Fault { get; set; }

    /// <summary>What its client did wrong: it would be refused by any real provider.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <summary>The last address that a browser was asked to be sent back to.</summary>
    public string? RedirectUri { get; private set; }

    /// <summary>The access token that was given last: a secret of the client's.</summary>
    public string? LastAccessToken { get; private set; }

    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new OpenIdProvider(app);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Settings by which a host knows this provider.</summary>
    /// <param name="name">The provider's name there.</param>
    /// <param name="further">Further settings of the provider, such as <c>AllowSignUp=true</c>.</param>
    public string[] Settings(string name = "acme", params string[] further)
        =>
        [
            .. new[]
            {
                "DisplayName=Acme",
                $"ClientId={ClientId}",
                $"ClientSecret={ClientSecret}",
                $"AuthorizationEndpoint={Address}authorize",
                $"TokenEndpoint={Address}token",
                $"UserInfoEndpoint={Address}userinfo",
                "AllowHttp=true",
                "AllowLoopback=true",
            }.Concat(further).Select(setting => $"Auth:Providers:{name}:{setting}"),
        ];

    /// <summary>Settings by which a host knows this provider as one of OpenID Connect.</summary>
    public string[] OpenIdSettings(string name = "acme", params string[] further)
        =>
        [
            .. new[] { "DisplayName=Acme", $"ClientId={ClientId}", $"ClientSecret={ClientSecret}", $"Authority={Issuer}", "AllowHttp=true", "AllowLoopback=true" }
                .Concat(further).Select(setting => $"Auth:Providers:{name}:{setting}"),
        ];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
        _key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        RedirectUri = query["redirect_uri"];
        Check(query["response_type"] == "code", "response_type is not code");
        Check(query["client_id"] == ClientId, "client_id is wrong");
        Check(query["scope"] == "openid email profile", $"scope is '{query["scope"]}'");
        Check(query["code_challenge_method"] == "S256", "code_challenge_method is not S256");
        Check(query["code_challenge"].ToString().Length == 43, "code_challenge is no SHA-256");
        Check(query["state"].ToString().Length > 20, "state is missing");

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = new Grant(query["code_challenge"].ToString(), RedirectUri!, new(Claims), query["nonce"]);
        var result = Fault is ProviderFault.Denies ? "error=access_denied" : Fault is ProviderFault.RefusesScope ? "error=invalid_scope" : $"code={code}";
        return Results.Redirect($"{RedirectUri}?{result}&state={Uri.EscapeDataString(query["state"].ToString())}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        if (await MisbehaveAsync(ProviderFault.TokenFails, ProviderFault.TokenHangs, ProviderFault.TokenIsRubbish) is { } fault)
        {
            return fault;
        }

        var form = await request.ReadFormAsync();
        var isKnown = _codes.TryRemove(form["code"].ToString(), out var grant);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        Check(form["grant_type"] == "authorization_code", "grant_type is wrong");
        Check(form["client_id"] == ClientId && form["client_secret"] == ClientSecret, "the client does not prove who it is");

        if (!isKnown || grant!.Challenge != challenge || grant.RedirectUri != form["redirect_uri"])
        {
            Check(!isKnown, "the verifier or redirect_uri does not match");
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var token = LastAccessToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _tokens[token] = grant.Claims;

        if (Fault is ProviderFault.TokenIsMissing)
        {
            return Results.Json(new { token_type = "Bearer" });
        }

        LastIdToken = grant.Nonce is null ? "unread" : IdToken(grant);
        return Fault is ProviderFault.IdTokenIsMissing
            ? Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 300 })
            : Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 300, id_token = LastIdToken });
    }

    private async Task<IResult> UserInfoAsync(HttpRequest request)
    {
        if (await MisbehaveAsync(ProviderFault.UserInfoFails, ProviderFault.UserInfoHangs, ProviderFault.UserInfoIsRubbish) is { } fault)
        {
            return fault;
        }

        if (Fault is ProviderFault.UserInfoIsHuge)
        {
            return Results.Text(new string(' ', 4 * 1024 * 1024) + "{}", "application/json");
        }

        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(authorization[7..], out var claims)
            ? Results.Json(Fault is ProviderFault.UserInfoIsOfAnother ? new(claims) { ["sub"] = "another" } : claims)
            : Results.Unauthorized();
    }

    private async Task<IResult?> MisbehaveAsync(ProviderFault fails, ProviderFault hangs, ProviderFault isRubbish)
    {
        if (Fault == hangs)
        {
            // Until the provider is stopped: no test waits for it to the end.
            var never = new TaskCompletionSource();
            await using var stop = _stopping.Token.Register(never.SetResult);
            await never.Task;
        }

        return Fault == fails ? Results.Text("<html>stack trace: secret-of-the-provider</html>", "text/html", statusCode: 500)
            : Fault == isRubbish ? Results.Text("<html>Welcome</html>", "text/html")
            : null;
    }

    private void Check(bool isRight, string complaint)
    {
        if (!isRight)
        {
            _complaints.Enqueue(complaint);
        }
    }

    private sealed record Grant(string Challenge, string RedirectUri, Dictionary<string, object?> Claims, string? Nonce);
}

/// <summary>What a provider does wrong.</summary>
public enum ProviderFault
{
    None,
    Denies,
    RefusesScope,
    TokenFails,
    TokenHangs,
    TokenIsRubbish,
    TokenIsMissing,
    UserInfoFails,
    UserInfoHangs,
    UserInfoIsRubbish,
    UserInfoIsHuge,
    UserInfoIsOfAnother,
    DiscoveryFails,
    DiscoveryHangs,
    DiscoveryIsRubbish,
    DiscoveryIsElsewhere,
    KeysAreMissing,
    IdTokenIsMissing,
    IdTokenHasNoNonce,
    IdTokenHasAnotherNonce,
    IdTokenHasAnotherKey,
    IdTokenIsOfAnother,
    IdTokenIsForAnother,
    IdTokenIsExpired,
    IdTokenIsForged,
    IdTokenIsUnsigned,
    IdTokenIsHashed,
}
