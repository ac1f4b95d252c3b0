using System.Buffers;
using System.Text;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Addresses as they stand in the commands of SMTP (RFC 5321, section 4.1.2).</summary>
internal static class SmtpPath
{
    // Such characters are part of an address only within quotes; nobody has one, and unquoted they would end the path or the header's address.
    private static readonly SearchValues<char> Special = SearchValues.Create("<>()[]\\,;:\" ");

    /// <summary>Whether mails can be sent to the address.</summary>
    public static bool IsUsable(string address) => !address.AsSpan().ContainsAny(Special) && !address.Any(char.IsControl);

    /// <summary>Whether a server has to know RFC 6531 to take it.</summary>
    public static bool NeedsUtf8(string address) => !Ascii.IsValid(address);
}
