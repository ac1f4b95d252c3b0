using System.Text;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The form in which base domains are stored and compared: lower case, without scheme, path, blanks and final dot.</summary>
public static class BaseDomainForm
{
    /// <summary>The normalized base domain; null if the text is no domain.</summary>
    public static string? Of(string text)
    {
        var domain = text.AsSpan();
        var scheme = domain.IndexOf("://", StringComparison.Ordinal);
        domain = scheme < 0 ? domain : domain[(scheme + 3)..];
        var path = domain.IndexOfAny('/', '?', '#');
        domain = (path < 0 ? domain : domain[..path]).Trim().TrimEnd('.');

        var form = domain.Length == text.Length ? text : domain.ToString();
        form = form.Any(char.IsWhiteSpace) ? string.Concat(form.Where(c => !char.IsWhiteSpace(c))) : form;
        return IsDomain(form) ? form.ToLowerInvariant() : null;
    }

    /// <summary>Letters, digits and marks of any script, dots, hyphens, underscores and the colon of a port.</summary>
    private static bool IsDomain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune)
                && rune.Value is not ('.' or '-' or '_' or ':')
                && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.NonSpacingMark
                    or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
