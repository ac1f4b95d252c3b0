using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The framework's sign-in through a provider, with a cookie for the journey whose name depends on whether https is in use.</summary>
public sealed class ProviderHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, CookieNames names)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private const string Name = "apc_oauth.";
    private const string Key = ".xsrf";
    private const string Marker = "N";
    private const int IdBytes = 32;

    protected override void GenerateCorrelationId(AuthenticationProperties properties)
    {
        var id = Base64UrlTextEncoder.Encode(RandomNumberGenerator.GetBytes(IdBytes));
        properties.Items[Key] = id;
        Response.Cookies.Append(NameFor(id), Marker, Cookie());
    }

    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        if (!properties.Items.Remove(Key, out var id) || string.IsNullOrEmpty(id) || Request.Cookies[NameFor(id)] != Marker)
        {
            return false;
        }

        Response.Cookies.Delete(NameFor(id), Cookie());
        return true;
    }

    private string NameFor(string id) => names.For(Request, Name, $"__Host-{Name}") + id;

    private CookieOptions Cookie() => Options.CorrelationCookie.Build(Context, TimeProvider.GetUtcNow());
}
