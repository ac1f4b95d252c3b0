namespace Apc.ControlPlane.Domain;

/// <summary>A refusal whose text and code are sent to the caller; every other exception is masked.</summary>
/// <param name="code">The code in <c>extensions.code</c>, in SCREAMING_SNAKE_CASE; one for each kind of refusal.</param>
/// <param name="message">The problem, in words for the caller; without secrets, and without entities that the caller may not see.</param>
public abstract class DomainException(string code, string message) : Exception(message)
{
    /// <summary>The code in <c>extensions.code</c>, by which programs distinguish refusals.</summary>
    public string Code { get; } = code;
}
