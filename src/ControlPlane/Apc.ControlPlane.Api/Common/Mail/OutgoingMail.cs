using MimeKit;
using MimeKit.Text;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>A mail of plain text to one person. Not a record: a record would print the text, and links in it.</summary>
/// <param name="to">The address.</param>
/// <param name="subject">One line.</param>
/// <param name="text">The text, lines separated by line feeds.</param>
public sealed class OutgoingMail(string to, MailText subject, MailText text)
{
    private readonly string _subject = subject.ToString();
    private readonly string _text = text.ToString();

    /// <summary>The address.</summary>
    public string To { get; } = to;

    /// <summary>The mail as it is sent.</summary>
    /// <param name="from">The sender's address.</param>
    /// <param name="now">When it is sent.</param>
    /// <param name="id">What makes it different from all others.</param>
    /// <exception cref="ParseException">An address is none.</exception>
    public MimeMessage ToMessage(string from, DateTimeOffset now, Guid id)
    {
        // Base64, because links are longer than lines may be.
        var body = new TextPart(TextFormat.Plain) { Text = _text, ContentTransferEncoding = ContentEncoding.Base64 };
        var message = new MimeMessage([new MailboxAddress(null, from)], [new MailboxAddress(null, To)], _subject, body)
        {
            Date = now.ToUniversalTime(),
            MessageId = $"{id:N}{from[from.LastIndexOf('@')..]}",
        };
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
