using System.Globalization;
using System.Text;

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

    /// <summary>The mail as it is sent (RFC 5322). No line begins with a dot, so that none has to be doubled.</summary>
    /// <param name="from">The sender's address.</param>
    /// <param name="now">When it is sent.</param>
    /// <param name="id">What makes it different from all others.</param>
    public string ToMessage(string from, DateTimeOffset now, Guid id)
    {
        // Base64, because links are longer than lines may be, and names of workspaces need not be ASCII.
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(_text.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks);

        return string.Join(
            "\r\n",
            $"From: <{from}>",
            $"To: <{To}>",
            $"Subject: {Header(_subject)}",
            $"Date: {now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
            $"Message-ID: <{id:N}{from[from.LastIndexOf('@')..]}>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            body,
            "");
    }

    /// <summary>As it is where it is ASCII, else as an encoded word (RFC 2047).</summary>
    private static string Header(string text) => Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
