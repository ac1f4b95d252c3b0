namespace Apc.ControlPlane.Domain.Users;

/// <summary>What counts as an email address: one <c>@</c> with something on both sides. Whether somebody reads it, only a message can tell.</summary>
public static class EmailAddress
{
    /// <summary>Most characters of an address (RFC 5321: 64 before the <c>@</c>, 255 after it).</summary>
    public const int MaxLength = 320;

    /// <summary>The address without surrounding blanks, or null where the text is none.</summary>
    public static string? Normalize(string text)
    {
        var address = text.Trim();
        var at = address.IndexOf('@', StringComparison.Ordinal);

        return address.Length <= MaxLength
            && at > 0
            && at < address.Length - 1
            && address.LastIndexOf('@') == at
            && !address.Any(char.IsWhiteSpace)
            && PlainText.IsPlain(address)
            ? address
            : null;
    }
}
