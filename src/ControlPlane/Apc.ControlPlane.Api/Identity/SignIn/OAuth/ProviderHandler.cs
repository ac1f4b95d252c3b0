using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The framework's sign-in through a provider whose endpoints are configured, with a cookie of ours for the journey.</summary>
public sealed class ProviderHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, JourneyCookie journey)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => journey.Begin(Context, properties, Cookie());

    protected override bool ValidateCorrelationId(AuthenticationProperties properties) => journey.End(Context, properties, Cookie());

    private CookieOptions Cookie() => Options.CorrelationCookie.Build(Context, TimeProvider.GetUtcNow());
}
