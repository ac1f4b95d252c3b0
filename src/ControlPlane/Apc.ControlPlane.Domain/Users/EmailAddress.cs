using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Domain.Users;

/// <summary>
/// The form of an email address: <c>name@domain</c> in ASCII as in RFC 5321, section 4.1.2, without quoted names and address literals.
/// Whether it exists is not checked.
/// </summary>
public static partial class EmailAddress
{
    /// <summary>Most characters of an address.</summary>
    public const int MaxLength = MaxNameLength + 1 + MaxDomainLength;

    /// <summary>The rule, for error messages.</summary>
    public const string Rule =
        "An email address is name@domain: the name has at most 64 letters, digits and !#$%&'*+-/=?^_`{|}~, "
            + "with single dots between them; the domain has at most 255 letters, digits, hyphens and dots, as in example.com. "
            + "Letters are those from a to z.";

    private const int MaxNameLength = 64;
    private const int MaxDomainLength = 255;

    /// <summary>The address without surrounding blanks; null if the text is no address.</summary>
    public static string? Normalize(string text)
    {
        var address = text.Trim();
        var at = address.IndexOf('@', StringComparison.Ordinal);

        return at is > 0 and <= MaxNameLength
            && address.Length - at - 1 <= MaxDomainLength
            && Name().IsMatch(address.AsSpan(0, at))
            && Domain().IsMatch(address.AsSpan(at + 1))
            ? address
            : null;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9!#$%&'*+\-/=?^_`{|}~]+(\.[a-zA-Z0-9!#$%&'*+\-/=?^_`{|}~]+)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z")]
    private static partial Regex Domain();
}
