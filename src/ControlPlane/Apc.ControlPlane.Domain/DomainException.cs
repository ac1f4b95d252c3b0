namespace Apc.ControlPlane.Domain;

/// <summary>
/// A refusal that callers are meant to read: it reaches them with its text and its code, while every other exception is masked.
/// </summary>
/// <param name="code">The word in <c>extensions.code</c>, in SCREAMING_SNAKE_CASE; one for each kind of refusal.</param>
/// <param name="message">What is wrong, in words for the caller; never a secret, and no word about things that the caller may not see.</param>
public abstract class DomainException(string code, string message) : Exception(message)
{
    /// <summary>The word in <c>extensions.code</c>, by which programs tell refusals apart.</summary>
    public string Code { get; } = code;
}
