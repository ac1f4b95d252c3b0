using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>
/// Chooses between the two names of a cookie (RFC 6265bis, section 4.1.3). With https it is the one with a prefix, which browsers accept
/// only over https, so that plain http cannot set another cookie in its place; with <c>__Host-</c> other hosts of the domain cannot either.
/// </summary>
public sealed class CookieNames(IOptions<PlatformOptions> platform)
{
    private readonly bool _isPublicOverHttps = platform.Value.Address()?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the browser uses https, also if a proxy forwards its requests by http.</summary>
    public bool IsHttps(HttpRequest request) => request.IsHttps || _isPublicOverHttps;

    /// <summary>The name for this request. A cookie with the other name is ignored, because another site may have set it.</summary>
    public string For(HttpRequest request, string plain, string overHttps) => IsHttps(request) ? overHttps : plain;
}
