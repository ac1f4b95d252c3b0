using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// What a provider says of itself, its endpoints and the keys that it signs with (OpenID Connect Discovery 1.0, section 4). Read by the first who need it, and again
/// after some hours, or when a token is signed with a key that is not among them.
/// </summary>
public sealed class ProviderDocument(AuthProviderOptions provider, HttpClient backchannel, TimeProvider clock) : IConfigurationManager<OpenIdConnectConfiguration>
{
    private const string Path = "/.well-known/openid-configuration";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);

    // A provider whose tokens are never good is not asked with each of them.
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

            // For all who wait: the back channel has its own limit of time.
            var document = await OpenIdConnectConfigurationRetriever.GetAsync(_authority + Path, documents, CancellationToken.None);
            return ProblemOf(document) is { } problem ? throw new ProviderAnswerException(problem) : document;
        }
        catch (Exception e)
        {
            // Whatever it is: the document is the provider's, and so is the fault.
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

        foreach (var (name, value) in new[] { ("authorization_endpoint", document.AuthorizationEndpoint), ("token_endpoint", document.TokenEndpoint) })
        {
            if (provider.WhyNotEndpoint(value ?? "") is { } why)
            {
                return $"Its {name} {why}";
            }
        }

        return !string.IsNullOrEmpty(document.UserInfoEndpoint) && provider.WhyNotEndpoint(document.UserInfoEndpoint) is { } whyNot ? $"Its userinfo_endpoint {whyNot}"
            : document.SigningKeys.Count == 0 ? "It names no key."
            : null;
    }
}
