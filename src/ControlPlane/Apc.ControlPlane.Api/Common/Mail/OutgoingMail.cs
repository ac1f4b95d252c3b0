using MimeKit;
using MimeKit.Text;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>A mail of plain text to one person. Not a record, because a record would print the text with its links.</summary>
/// <param name="subject">One line.</param>
/// <param name="text">Lines separated by line feeds.</param>
public sealed class OutgoingMail(string to, MailText subject, MailText text)
{
    private readonly string _subject = subject.ToString();
    private readonly string _text = text.ToString();

    public string To { get; } = to;

    /// <summary>The mail as it is sent.</summary>
    /// <param name="id">Makes the message id unique.</param>
    /// <exception cref="ParseException">One of the addresses is not valid.</exception>
    public MimeMessage ToMessage(string from, DateTimeOffset now, Guid id)
    {
        // Base64, because links are longer than the lines of a mail may be.
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
