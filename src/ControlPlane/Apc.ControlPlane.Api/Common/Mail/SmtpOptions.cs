using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>The server that takes mails. Without one no mail is sent, and operations that need one are refused.</summary>
public sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "Smtp";

    /// <summary>Name or address of the server. None unless set: no mail is sent.</summary>
    public string? Host { get; init; }

    /// <summary>Its port. 1 to 65535; 587 unless set.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>The user to sign in as, with <see cref="Password"/>. No sign-in unless set.</summary>
    public string? User { get; init; }

    /// <summary>The password of <see cref="User"/>. None unless set; never logged.</summary>
    [PasswordPropertyText(true)]
    public string? Password { get; init; }

    /// <summary>The address that mails come from; required if <see cref="Host"/> is set.</summary>
    public string? From { get; init; }

    /// <summary>How the connection is encrypted: not at all, after the server's greeting, or from its start. StartTls unless set.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>
    /// A PEM file with the only authorities that are trusted for the server's certificate; those of the system unless set.
    /// </summary>
    public string? TrustedAuthorities { get; init; }

    /// <summary>Time allowed for one attempt to hand a mail over. 100 ms to 5 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public bool HasServer() => !string.IsNullOrEmpty(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HasServer() && !SettingText.IsHost(Host!))
        {
            yield return new($"{Section}:{nameof(Host)} is '{Host}'; allowed is a name such as mail.example.com, or an IP address.");
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return new($"{Section}:{nameof(User)} and {Section}:{nameof(Password)} are set together or not at all.");
        }

        if (HasServer() && (string.IsNullOrEmpty(From) || EmailAddress.Normalize(From) is null || !SmtpSender.CanSendTo(From)))
        {
            yield return new($"{Section}:{nameof(From)} is '{From}'; where {Section}:{nameof(Host)} is set it has to be an email address.");
        }

        if (!string.IsNullOrEmpty(TrustedAuthorities) && !File.Exists(TrustedAuthorities))
        {
            yield return new($"{Section}:{nameof(TrustedAuthorities)} ('{TrustedAuthorities}') is no file.");
        }
        else if (!string.IsNullOrEmpty(TrustedAuthorities) && SettingText.WhyNotCertificates(TrustedAuthorities) is { } why)
        {
            yield return new($"{Section}:{nameof(TrustedAuthorities)} ('{TrustedAuthorities}') {why}.");
        }
    }
}

/// <summary>How a connection to an SMTP server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>After the server's greeting (RFC 3207); a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>From the first byte (RFC 8314).</summary>
    Tls,
}
