using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// A provider's document about its endpoints and keys (OpenID Connect Discovery 1.0, section 4). Read at the first sign-in, again after
/// <see cref="MaxAge"/>, and when a token is signed with an unknown key.
/// </summary>
public sealed class ProviderDocument(AuthProviderOptions provider, HttpClient backchannel, TimeProvider clock)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    private const string Path = "/.well-known/openid-configuration";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);

    // Limits how often a provider is asked whose tokens all have unknown keys.
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    private readonly string _authority = provider.Authority!.TrimEnd('/');
    private readonly Lock _lock = new();
    private Task<OpenIdConnectConfiguration>? _document;
    private long _readAt;

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_document is null or { IsFaulted: true } || clock.GetElapsedTime(_readAt) > MaxAge)
            {
                (_document, _readAt) = (ReadAsync(), clock.GetTimestamp());
            }

            return _document.WaitAsync(cancel);
        }
    }

    public void RequestRefresh()
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_readAt) >= MinAge)
            {
                _document = null;
            }
        }
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        try
        {
            var documents = new HttpDocumentRetriever(backchannel) { RequireHttps = !provider.AllowHttp, SendAdditionalHeaderData = false };

            // Not cancelled, because several sign-ins may wait for it; the back channel has a time limit.
            var document = await OpenIdConnectConfigurationRetriever.GetAsync(_authority + Path, documents, CancellationToken.None);
            return ProblemOf(document) is { } problem ? throw new ProviderAnswerException(problem) : document;
        }
        catch (Exception e)
        {
            // All exceptions, because the provider wrote the document.
            throw new ProviderAnswerException($"{_authority}{Path} cannot be used.", e);
        }
    }

    private string? ProblemOf(OpenIdConnectConfiguration document)
    {
        // Otherwise one provider could speak for another (section 4.3).
        if (document.Issuer?.TrimEnd('/') != _authority)
        {
            return $"Its issuer is '{document.Issuer}', which is not the {nameof(AuthProviderOptions.Authority)}.";
        }

        (string Name, string? Value)[] required =
        [
            ("authorization_endpoint", document.AuthorizationEndpoint),
            ("token_endpoint", document.TokenEndpoint),
        ];

        foreach (var (name, value) in required)
        {
            if (provider.WhyNotEndpoint(value ?? "") is { } why)
            {
                return $"Its {name} {why}";
            }
        }

        if (!string.IsNullOrEmpty(document.UserInfoEndpoint) && provider.WhyNotEndpoint(document.UserInfoEndpoint) is { } whyNot)
        {
            return $"Its userinfo_endpoint {whyNot}";
        }

        return document.SigningKeys.Count == 0 ? "It names no key." : null;
    }
}
