using System.Buffers;
using System.Text;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Texts as values of headers.</summary>
public static class HeaderText
{
    // Printable ASCII without the blank and the percent sign itself: no line ends, nothing that servers read in different ways.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code).Where(c => c != '%')]);

    /// <summary>The text itself where it is plain, as addresses are; else with everything that is not percent-encoded as UTF-8 (RFC 3986, section 2.1).</summary>
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
