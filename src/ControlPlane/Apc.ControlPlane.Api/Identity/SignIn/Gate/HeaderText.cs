using System.Buffers;
using System.Text;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Encodes texts as values of headers.</summary>
public static class HeaderText
{
    // Printable ASCII without blank and percent sign, so that there are no line ends and all servers read it in the same way.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code).Where(c => c != '%')]);

    /// <summary>The text with all other characters than <see cref="Plain"/> percent-encoded as UTF-8 (RFC 3986, section 2.1).</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);

        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)octet))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(octet.ToString("X2", null));
            }
        }

        return encoded.ToString();
    }
}
