using System.Buffers.Text;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Common.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// The <c>state</c> that a browser carries to the provider and back (RFC 6749, section 10.12): encrypted, protected against changes, and
/// valid for some minutes.
/// </summary>
/// <remarks>
/// It is sealed with a key of the ring that all replicas share, so it may come back to another replica, and none has to store it.
/// <see cref="JourneyCookie"/> binds it to the browser.
/// </remarks>
public sealed class SealedState(IDataProtectionProvider protection, string provider, TimeSpan lifetime, TimeProvider clock)
    : ISecureDataFormat<AuthenticationProperties>
{
    private readonly IDataProtector _protector = protection.CreateProtector("apc sign-in state", provider);

    public string Protect(AuthenticationProperties data)
    {
        data.IssuedUtc = clock.GetUtcNow();
        return Base64Url.EncodeToString(_protector.Protect(PropertiesSerializer.Default.Serialize(data)));
    }

    public string Protect(AuthenticationProperties data, string? purpose) => Protect(data);

    /// <summary>The sealed properties; null if the text was changed, was not sealed here, or is too old.</summary>
    public AuthenticationProperties? Unprotect(string? protectedText)
    {
        if (protectedText is null || !Base64Url.IsValid(protectedText))
        {
            return null;
        }

        try
        {
            var data = PropertiesSerializer.Default.Deserialize(_protector.Unprotect(Base64Url.DecodeFromChars(protectedText)));
            return clock.GetUtcNow() - data?.IssuedUtc <= lifetime ? data : null;
        }
        catch (CryptographicException e) when (!DatabaseOutage.Is(e))
        {
            return null;
        }
    }

    public AuthenticationProperties? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
