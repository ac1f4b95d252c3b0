using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>
/// Which of its two names a cookie has (RFC 6265bis, section 4.1.3). Where https is in use it is the one with a prefix, which browsers keep only if it came
/// over https, so that neither plain http nor, with <c>__Host-</c>, a host beside this one can plant another in its place.
/// </summary>
public sealed class CookieNames(IOptions<PlatformOptions> platform)
{
    private readonly bool _isPublicOverHttps = platform.Value.Address()?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the browser speaks https. A proxy in between may speak http with us, and https with browsers.</summary>
    public bool IsHttps(HttpRequest request) => request.IsHttps || _isPublicOverHttps;

    /// <summary>The name for this request. A cookie with the other name is not looked at: anybody may have set it.</summary>
    public string For(HttpRequest request, string plain, string overHttps) => IsHttps(request) ? overHttps : plain;
}
