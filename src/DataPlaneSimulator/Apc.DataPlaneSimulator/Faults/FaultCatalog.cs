using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Apc.Simulation.Faults;

/// <summary>A kind of fault: its name, the argument after the colon (empty for none), and what a client receives.</summary>
internal sealed record FaultKind(string Name, string Argument, string Meaning, Func<string?, Fault?> Create);

/// <summary>All faults. The control API, its help and its error texts are made from this table.</summary>
internal static class FaultCatalog
{
    private const long MiB = 1024 * 1024;

    public static IReadOnlyList<FaultKind> Kinds { get; } =
    [
        Plain("healthy", "200 with the whole payload", () => Fault.Healthy),
        Plain("unhealthy", "200 with the whole payload, healthStatus UNHEALTHY", () => Fault.Unhealthy),
        Plain("error500", "status 500 with a short text", () => new StatusFault("error500", 500)),
        Number("status", "a status", 200, 599, null, "that status with a short text", (text, n) => new StatusFault(text, (int)n)),
        Plain("hang", "the request is accepted and never answered", () => Fault.Hang),
        Number(
            "slowHeaders",
            "ms a byte", 1, 60_000, 100,
            "status line and headers byte by byte, then the payload",
            (text, n) => new SlowHeadersFault(text, n)),
        Number(
            "slowBody",
            "ms a byte", 1, 60_000, 100,
            "headers at once, the payload byte by byte",
            (text, n) => new SlowBodyFault(text, n)),
        Number(
            "hugeBody",
            "bytes", 64, 10 * 1024 * MiB, 2 * MiB,
            "valid JSON of that size, streamed without a length",
            (text, n) => new HugeBodyFault(text, n)),
        Number(
            "gzipBomb",
            "bytes after decompression", 64, 1024 * MiB, 100 * MiB,
            "valid JSON, a thousandth of that size on the wire",
            (text, n) => new GzipBombFault(text, n)),
        Plain("invalidJson", "a payload with a comma too many", () => Corruptions.InvalidJson),
        new(
            "truncated",
            "text (nothing unless given)",
            "half of the announced body, then the end of the connection; with text: a whole answer with half the JSON",
            Truncated),
        Plain("duplicateMembers", "healthStatus and region twice, with different values", () => Corruptions.DuplicateMembers),
        Number(
            "deepJson",
            "levels", 2, 100_000, 64,
            "namespacePools holds arrays, so that the payload is that deep",
            (text, n) => Corruptions.DeepJson(text, (int)n)),
        Plain("wrongTypes", "every member is of a type that it never has", () => Corruptions.WrongTypes),
        Plain("html", "200 with a page instead of JSON", () => Corruptions.Html),
        Plain("empty", "200 with a body of no bytes", () => Corruptions.Empty),
        Plain("utf16", "the payload in UTF-16, little endian, with a byte order mark", () => Corruptions.Utf16),
        Plain("bom", "the payload after a UTF-8 byte order mark", () => Corruptions.Bom),
        Plain("nul", "region contains \\u0000", () => Corruptions.Nul),
        Plain("loneSurrogate", "region contains \\ud800 alone", () => Corruptions.LoneSurrogate),
        new(
            "redirect",
            "an absolute or relative address, or loop (loop unless given)",
            "302 to that address; loop leads back to the same path",
            Redirect),
        Plain("close", "the connection ends in order (FIN) without an answer", () => Fault.Close),
        Plain("reset", "the connection ends by force (RST) without an answer", () => Fault.Reset),
        new("body", "the text", "200 with that text, as JSON", Body),
        new("bytes", "base64", "200 with those bytes, as JSON", Bytes),
    ];

    /// <summary>Reads <c>name</c> or <c>name:argument</c>. False with a sentence about the problem and what is allowed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Fault? fault, [NotNullWhen(false)] out string? problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var argument = colon < 0 ? null : text[(colon + 1)..];
        var kind = Kinds.FirstOrDefault(k => k.Name == name);

        fault = kind?.Create(argument);
        problem = (kind, fault) switch
        {
            (_, not null) => null,
            (null, _) => $"fault is \"{Shorten(text)}\"; allowed: {string.Join(", ", Kinds.Select(k => k.Name))}",
            ({ Argument: "" }, _) => $"fault is \"{Shorten(text)}\"; allowed: {name} without an argument",
            _ => $"fault is \"{Shorten(text)}\"; allowed: {name}:<{kind.Argument}>",
        };

        return fault is not null;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static FaultKind Plain(string name, string meaning, Func<Fault> create)
        => new(name, "", meaning, argument => argument is null ? create() : null);

    private static FaultKind Number(
        string name, string unit, long least, long most, long? otherwise, string meaning, Func<string, long, Fault> create)
    {
        var range = FormattableString.Invariant($"{unit}, {least} to {most}");
        var allowed = otherwise is null ? range : FormattableString.Invariant($"{range} ({otherwise} unless given)");

        return new FaultKind(name, allowed, meaning, argument =>
        {
            if (argument is null)
            {
                return otherwise is { } value ? create(name, value) : null;
            }

            var isNumber = long.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            return isNumber && number >= least && number <= most ? create(name + ":" + argument, number) : null;
        });
    }

    private static Fault? Truncated(string? argument) => argument switch
    {
        null => Fault.Truncated,
        "text" => Corruptions.TruncatedText,
        _ => null,
    };

    // The location is written into a header unchanged. Only visible ASCII is allowed, so that it cannot add another header.
    private static RedirectFault? Redirect(string? argument)
    {
        if (argument is null or "loop")
        {
            return new RedirectFault(argument is null ? "redirect" : "redirect:loop", location: null);
        }

        var isVisible = argument.Length > 0 && argument.All(c => c is > ' ' and < '\u007f');
        return isVisible ? new RedirectFault("redirect:" + argument, argument) : null;
    }

    private static BodyFault? Body(string? argument)
        => argument is null ? null : new BodyFault("body:" + argument, Encoding.UTF8.GetBytes(argument));

    private static BodyFault? Bytes(string? argument)
    {
        var bytes = new byte[argument?.Length ?? 0];
        return argument is not null && Convert.TryFromBase64String(argument, bytes, out var length)
            ? new BodyFault("bytes:" + argument, bytes.AsMemory(0, length))
            : null;
    }
}
