using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Strict parsers of settings: a lenient one would turn a typing error into another value.</summary>
internal static partial class SettingText
{
    /// <summary>Most characters of a setting: more than any path, address or password has.</summary>
    public const int MaxLength = 4_096;

    private const int MaxShown = 200;

    /// <summary>Whether the text has no invisible characters: control characters, and blanks at its ends, which secrets may have.</summary>
    public static bool IsPlain(string text, bool isSecret = false)
        => text.Length <= MaxLength && !text.Any(IsInvisible) && (isSecret || text.Trim().Length == text.Length);

    /// <summary>The text for a message: shortened, and with escapes for invisible characters.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();

        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxShown)))
        {
            _ = IsInvisible(c) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : shown.Append(c);
        }

        return text.Length > MaxShown ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>Reads <c>true</c> or <c>false</c>, in any case.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase);
        return value || text.Equals(bool.FalseString, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A whole number in plain decimal digits.</summary>
    public static bool IsWholeNumber(string text) => WholeNumber().IsMatch(text);

    /// <summary>A decimal number with a dot, in plain digits.</summary>
    public static bool IsNumber(string text) => Number().IsMatch(text);

    /// <summary>Days, hours, minutes and seconds, all but the days with two digits: <c>TimeSpan</c> reads 10 as ten days.</summary>
    public static bool IsTime(string text) => Time().IsMatch(text);

    /// <summary>
    /// The name of a domain, in ASCII and without a dot at its end. Its last label is no number: <c>127.1</c> and <c>0x7f.1</c> are
    /// addresses.
    /// </summary>
    public static bool IsDomain(string text)
        => text.Length <= 253 && Domain().IsMatch(text) && !NumericLabel().IsMatch(text[(text.LastIndexOf('.') + 1)..]);

    /// <summary>The name of a domain or an IP address; IPv6 without brackets.</summary>
    public static bool IsHost(string text) => IsDomain(text) || IsAddress(text);

    /// <summary>An IP address in its usual form, not <c>127.1</c> or <c>0x7f000001</c>.</summary>
    public static bool IsAddress(string text)
        => IPAddress.TryParse(text, out var address)
            && (address.AddressFamily is AddressFamily.InterNetwork
                ? address.ToString() == text
                : !text.AsSpan().ContainsAny('%', '[', ']') && address.AddressFamily is AddressFamily.InterNetworkV6);

    /// <summary>An address such as <c>https://host:8443/path</c>, without user and fragment.</summary>
    public static bool IsHttpAddress(string text, bool allowsQuery = false)
        => HttpAddress().Match(text) is { Success: true } match
            && (match.Groups["name"] is { Success: true, Value: var name } ? IsHost(name) : IsAddress(match.Groups["v6"].Value))
            && (!match.Groups["port"].Success || IsPort(match.Groups["port"].Value, lowest: 1))
            && (allowsQuery || !match.Groups["query"].Success)
            && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <summary>The number of a port.</summary>
    public static bool IsPort(string text, int lowest)
        => IsWholeNumber(text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port >= lowest
            && port <= ushort.MaxValue;

    /// <summary>A path without <c>~</c> and <c>$</c>, which only a shell would replace.</summary>
    public static bool IsPath(string text) => !text.StartsWith('~') && !text.Contains('$', StringComparison.Ordinal);

    /// <summary>Why a file has no certificates in PEM; null if it has.</summary>
    public static string? WhyNotCertificates(string file)
    {
        var certificates = new X509Certificate2Collection();

        try
        {
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? null : "holds no certificate";
        }
        catch (CryptographicException)
        {
            return "is no PEM file with certificates";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static bool IsInvisible(char c) => char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,18})\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A((0|[1-9][0-9]{0,6})\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex Domain();

    [GeneratedRegex(@"\A([0-9]+|0[xX][0-9A-Fa-f]*)\z")]
    private static partial Regex NumericLabel();

    [GeneratedRegex(
        @"\A[hH][tT][tT][pP][sS]?://((?<name>[^\[\]/?#:@\\\s]+)|\[(?<v6>[0-9A-Fa-f:.]+)\])(:(?<port>[0-9]+))?"
        + @"(/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?\z")]
    private static partial Regex HttpAddress();
}
