using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Apc.TestKit;

/// <summary>
/// A small provider as OpenID Connect has it: authorization code with PKCE, token endpoint, userinfo, and for clients that send a nonce signed id tokens, with discovery
/// and keys. It is strict with its client, lets whoever comes in as the person that the test has set, and misbehaves when told to.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "control-plane";
    public const string ClientSecret = "a-secret-of-the-provider";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Grant> _codes = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, object?>> _tokens = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly CancellationTokenSource _stopping = new();
    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _keyNumber = 1;
    private int _discoveries;

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

    /// <summary>What it says of whoever comes next, at its userinfo endpoint; the id token has <c>sub</c> of it.</summary>
    public Dictionary<string, object?> Claims { get; set; } = [];

    /// <summary>What its id tokens say beside <c>sub</c> and what belongs to a token.</summary>
    public Dictionary<string, object?> IdTokenClaims { get; set; } = [];

    /// <summary>What its discovery document says otherwise than it should; null for nothing at all.</summary>
    public Dictionary<string, object?> Discovery { get; } = [];

    /// <summary>How often the discovery document was read.</summary>
    public int Discoveries => Volatile.Read(ref _discoveries);

    /// <summary>What it does wrong from now on.</summary>
    public ProviderFault Fault { get; set; }

    /// <summary>What its client did wrong: it would be refused by any real provider.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <summary>The last address that a browser was asked to be sent back to.</summary>
    public string? RedirectUri { get; private set; }

    /// <summary>The access token that was given last: a secret of the client's.</summary>
    public string? LastAccessToken { get; private set; }

    /// <summary>The id token that was given last: it says who somebody is.</summary>
    public string? LastIdToken { get; private set; }

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

    /// <summary>Signs with a new key from now on, and knows the old one no more.</summary>
    public void RotateKeys()
    {
        _key.Dispose();
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keyNumber++;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
        _key.Dispose();
    }

    private string Issuer => Address.AbsoluteUri.TrimEnd('/');

    private async Task<IResult> DiscoverAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _discoveries);
        Check(request.Headers.UserAgent.Count == 0 && !request.Headers.ContainsKey("x-client-SKU"), "the client says what it is made of");

        if (Fault is ProviderFault.DiscoveryIsElsewhere)
        {
            return Results.Redirect("/elsewhere");
        }

        return await MisbehaveAsync(ProviderFault.DiscoveryFails, ProviderFault.DiscoveryHangs, ProviderFault.DiscoveryIsRubbish)
            ?? Results.Json(new Dictionary<string, object?>
            {
                ["issuer"] = Issuer,
                ["authorization_endpoint"] = $"{Issuer}/authorize",
                ["token_endpoint"] = $"{Issuer}/token",
                ["userinfo_endpoint"] = $"{Issuer}/userinfo",
                ["jwks_uri"] = $"{Issuer}/keys",
            }.Concat(Discovery).GroupBy(pair => pair.Key).Where(pairs => pairs.Last().Value is not null).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value));
    }

    private IResult Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(key.X), Base64Url.EncodeToString(key.Y));
        var shown = new { kty = "EC", use = "sig", alg = "ES256", crv = "P-256", kid = $"key-{_keyNumber}", x, y };
        return Results.Json(new { keys = Fault is ProviderFault.KeysAreMissing ? [] : new[] { shown } });
    }

    private string IdToken(Grant grant)
    {
        var now = TimeProvider.System.GetUtcNow();
        var lives = TimeSpan.FromMinutes(Fault is ProviderFault.IdTokenIsExpired ? -10 : 5);
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Fault is ProviderFault.IdTokenIsOfAnother ? "https://idp.example.org" : Issuer,
            ["aud"] = Fault is ProviderFault.IdTokenIsForAnother ? "another-client" : ClientId,
            ["sub"] = grant.Claims.GetValueOrDefault("sub"),
            ["iat"] = (now - TimeSpan.FromMinutes(15)).ToUnixTimeSeconds(),
            ["exp"] = (now + lives).ToUnixTimeSeconds(),
            ["nonce"] = Fault switch { ProviderFault.IdTokenHasNoNonce => null, ProviderFault.IdTokenHasAnotherNonce => $"{grant.Nonce}x", _ => grant.Nonce },
        };
        var algorithm = Fault switch { ProviderFault.IdTokenIsUnsigned => "none", ProviderFault.IdTokenIsHashed => "HS256", _ => "ES256" };
        var number = Fault is ProviderFault.IdTokenHasAnotherKey ? 0 : _keyNumber;
        var payload = claims.Where(claim => claim.Value is not null).Concat(IdTokenClaims).ToDictionary();
        var signed = $"{Part(new { alg = algorithm, typ = "JWT", kid = $"key-{number}" })}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";

        static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }

    private byte[] Sign(byte[] signed)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Fault switch
        {
            ProviderFault.IdTokenIsUnsigned => [],
            ProviderFault.IdTokenIsHashed => HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), signed),
            ProviderFault.IdTokenIsForged or ProviderFault.IdTokenHasAnotherKey => stranger.SignData(signed, HashAlgorithmName.SHA256),
            _ => _key.SignData(signed, HashAlgorithmName.SHA256),
        };
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
