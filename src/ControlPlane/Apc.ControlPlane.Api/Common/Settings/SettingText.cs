using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Reads texts of settings to the letter. What a lenient parser makes of a slip is never what was meant.</summary>
internal static partial class SettingText
{
    /// <summary>Characters of a setting: more than any path, address or password has.</summary>
    public const int MaxLength = 4_096;

    private const int MaxShown = 200;

    /// <summary>Whether the text has no characters that nobody sees: control characters, and blanks at its ends.</summary>
    public static bool IsPlain(string text, bool isSecret = false)
        => text.Length <= MaxLength
            && !text.Any(c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            && (isSecret || text.Trim().Length == text.Length);

    /// <summary>The text as it can stand in a message: short, and without characters that nobody sees.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();

        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxShown)))
        {
            _ = IsPlain(c.ToString(), isSecret: true) ? shown.Append(c) : shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return text.Length > MaxShown ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase);
        return value || text.Equals(bool.FalseString, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A whole number in plain decimal digits.</summary>
    public static bool IsWholeNumber(string text) => WholeNumber().IsMatch(text);

    /// <summary>A decimal number with a dot, in plain digits.</summary>
    public static bool IsNumber(string text) => Number().IsMatch(text);

    /// <summary>Days, hours, minutes and seconds, all but the days with two digits: <c>TimeSpan</c> takes 10 for ten days.</summary>
    public static bool IsTime(string text) => Time().IsMatch(text);

    /// <summary>The name of a domain, in ASCII and without a dot at its end.</summary>
    public static bool IsDomain(string text) => text.Length <= 253 && Domain().IsMatch(text) && !LooksLikeNumbers(text);

    /// <summary>The name of a domain or an IP address; IPv6 without brackets.</summary>
    public static bool IsHost(string text) => IsDomain(text) || IsAddress(text);

    /// <summary>An IP address as it is usually written: <c>127.1</c> and <c>0x7f000001</c> are slips.</summary>
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
        => IsWholeNumber(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port >= lowest && port <= ushort.MaxValue;

    /// <summary>A path that needs no shell: nothing replaces <c>~</c> and <c>$</c> in it.</summary>
    public static bool IsPath(string text) => !text.StartsWith('~') && !text.Contains('$', StringComparison.Ordinal);

    /// <summary>Why a file holds no certificates in PEM; null where it does.</summary>
    public static string? WhyNotCertificates(string file)
    {
        try
        {
            using var certificates = new CertificateList();
            certificates.All.ImportFromPemFile(file);
            return certificates.All.Count > 0 ? null : "holds no certificate";
        }
        catch (CryptographicException)
        {
            return "is no PEM file with certificates";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }

    // The last label of a name is never a number: 127.1 and 0x7f.1 would be addresses.
    private static bool LooksLikeNumbers(string text) => NumericLabel().IsMatch(text[(text.LastIndexOf('.') + 1)..]);

    private sealed class CertificateList : IDisposable
    {
        public X509Certificate2Collection All { get; } = [];

        public void Dispose()
        {
            foreach (var certificate in All)
            {
                certificate.Dispose();
            }
        }
    }

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

    [GeneratedRegex(@"\A[hH][tT][tT][pP][sS]?://((?<name>[^\[\]/?#:@\\\s]+)|\[(?<v6>[0-9A-Fa-f:.]+)\])(:(?<port>[0-9]+))?(/[^\s?#\\]*)?(?<query>\?[^\s#\\]*)?\z")]
    private static partial Regex HttpAddress();
}
