using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>No SMTP server is configured.</summary>
public sealed class MailUnavailableException() : DomainException(
    "MAIL_UNAVAILABLE", "This platform sends no mails: no SMTP server is configured. Ask a System Admin for a link.");

/// <summary>Too many mails wait to be sent.</summary>
public sealed class MailBusyException() : DomainException("MAIL_BUSY", "Too many mails wait to be sent. Try again in a few minutes.");
