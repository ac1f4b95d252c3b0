using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// The <c>state</c> that a browser carries to the provider and back (RFC 6749, section 10.12), unreadable and unchangeable on the way.
/// </summary>
/// <remarks>
/// It is sealed with a key out of the client secret, which all replicas have anyway: so it may come back to another replica, and none has to keep it.
/// The handler's correlation cookie binds it to the browser. AES-256-GCM; nonce, time and sealed text follow each other.
/// </remarks>
public sealed class SealedState(string provider, string clientSecret, TimeSpan lifetime, TimeProvider clock) : ISecureDataFormat<AuthenticationProperties>
{
    /// <summary>Fewest characters of a secret that a key is made of.</summary>
    public const int MinSecretLength = 16;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int TimeLength = sizeof(long);
    private const int Iterations = 100_000;

    // A browser sees what was sealed: guessing the secret from it is made slow, too.
    private readonly Lazy<byte[]> _key = new(() => Rfc2898DeriveBytes.Pbkdf2(
        clientSecret, Encoding.UTF8.GetBytes($"apc sign-in state {provider}"), Iterations, HashAlgorithmName.SHA256, 32));

    public string Protect(AuthenticationProperties data)
    {
        var text = PropertiesSerializer.Default.Serialize(data);
        var state = new byte[NonceLength + TimeLength + text.Length + TagLength];
        var nonce = state.AsSpan(0, NonceLength);
        var time = state.AsSpan(NonceLength, TimeLength);
        RandomNumberGenerator.Fill(nonce);
        BinaryPrimitives.WriteInt64BigEndian(time, clock.GetUtcNow().ToUnixTimeSeconds());

        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Encrypt(nonce, text, state.AsSpan(NonceLength + TimeLength, text.Length), state.AsSpan(^TagLength..), time);
        return Base64Url.EncodeToString(state);
    }

    public string Protect(AuthenticationProperties data, string? purpose) => Protect(data);

    /// <summary>What was sealed; null where it was changed, sealed by somebody else, or is too old.</summary>
    public AuthenticationProperties? Unprotect(string? protectedText)
    {
        if (protectedText is null || !Base64Url.IsValid(protectedText))
        {
            return null;
        }

        var state = Base64Url.DecodeFromChars(protectedText);

        if (state.Length < NonceLength + TimeLength + TagLength)
        {
            return null;
        }

        var nonce = state.AsSpan(0, NonceLength);
        var time = state.AsSpan(NonceLength, TimeLength);
        var text = new byte[state.Length - NonceLength - TimeLength - TagLength];

        try
        {
            using var cipher = new AesGcm(_key.Value, TagLength);
            cipher.Decrypt(nonce, state.AsSpan(NonceLength + TimeLength, text.Length), state.AsSpan(^TagLength..), text, time);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var age = clock.GetUtcNow().ToUnixTimeSeconds() - BinaryPrimitives.ReadInt64BigEndian(time);
        return age <= (long)lifetime.TotalSeconds ? PropertiesSerializer.Default.Deserialize(text) : null;
    }

    public AuthenticationProperties? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
