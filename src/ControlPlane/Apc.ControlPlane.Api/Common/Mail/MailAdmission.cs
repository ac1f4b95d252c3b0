namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Whether the recipient has room for another mail now.</summary>
public delegate Task<bool> MailAdmission(OutgoingMail mail, CancellationToken cancellationToken);
