using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.TestKit;

/// <summary>What makes it a provider of OpenID Connect: the discovery document, keys, and id tokens.</summary>
public sealed partial class OpenIdProvider
{
    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _keyNumber = 1;
    private int _discoveries;

    /// <summary>What its id tokens say beside <c>sub</c> and what belongs to a token.</summary>
    public Dictionary<string, object?> IdTokenClaims { get; set; } = [];

    /// <summary>What its discovery document says otherwise than it should; null leaves a member out.</summary>
    public Dictionary<string, object?> Discovery { get; } = [];

    /// <summary>How often the discovery document was read.</summary>
    public int Discoveries => Volatile.Read(ref _discoveries);

    /// <summary>The id token that was given last: it says who the user is.</summary>
    public string? LastIdToken { get; private set; }

    /// <summary>Signs with a new key from now on, and knows the old one no more.</summary>
    public void RotateKeys()
    {
        _key.Dispose();
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keyNumber++;
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
            }
            .Concat(Discovery)
            .GroupBy(pair => pair.Key)
            .Where(pairs => pairs.Last().Value is not null)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value));
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
            ["nonce"] = Fault switch
            {
                ProviderFault.IdTokenHasNoNonce => null,
                ProviderFault.IdTokenHasAnotherNonce => $"{grant.Nonce}x",
                _ => grant.Nonce,
            },
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
}
