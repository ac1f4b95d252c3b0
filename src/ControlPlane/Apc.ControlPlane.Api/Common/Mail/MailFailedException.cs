namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>A mail could not be handed over. The message is for operators, and has nothing of the mail in it.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="mayPass">Whether another attempt may succeed.</param>
public sealed class MailFailedException(string message, bool mayPass) : Exception(message)
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool MayPass { get; } = mayPass;
}
