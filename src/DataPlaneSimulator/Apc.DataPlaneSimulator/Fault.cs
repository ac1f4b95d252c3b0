using Apc.Simulation.Clusters;
using Apc.Simulation.Faults;

namespace Apc.Simulation;

/// <summary>A way to answer a probe. Its text is a name and, after a colon, an argument: <c>hang</c>, <c>status:503</c>.</summary>
/// <remarks>All names with their arguments are in <see cref="FaultCatalog"/>.</remarks>
public abstract class Fault
{
    private protected Fault(string text) => Text = text;

    /// <summary>200 with the whole payload.</summary>
    public static Fault Healthy { get; } = new PayloadFault("healthy", MetadataPayload.Healthy);

    /// <summary>200 with the whole payload, its <c>healthStatus</c> <c>UNHEALTHY</c>.</summary>
    public static Fault Unhealthy { get; } = new PayloadFault("unhealthy", "UNHEALTHY");

    /// <summary>Accepts the request and never answers.</summary>
    public static Fault Hang { get; } = new HangFault();

    /// <summary>Closes the connection (FIN) without an answer.</summary>
    public static Fault Close { get; } = new CloseFault();

    /// <summary>Resets the connection (RST) without an answer.</summary>
    public static Fault Reset { get; } = new ResetFault();

    /// <summary>Half of the announced body, then the end of the connection.</summary>
    public static Fault Truncated { get; } = new TruncatedFault();

    /// <summary>The text in the control API; <see cref="Parse"/> makes the same fault from it.</summary>
    public string Text { get; }

    internal virtual string HealthStatus => MetadataPayload.Healthy;

    /// <summary>The fault with this text.</summary>
    /// <exception cref="FormatException">There is no such fault; the message has the text and what is allowed.</exception>
    public static Fault Parse(string text)
        => FaultCatalog.TryParse(text, out var fault, out var problem) ? fault : throw new FormatException(problem);

    /// <summary>This status, 200 to 599, with a short text as body.</summary>
    public static Fault Status(int status) => Parse(FormattableString.Invariant($"status:{status}"));

    /// <summary>Status line and headers byte by byte, with a pause of whole milliseconds (1 to 60,000) after each byte.</summary>
    public static Fault SlowHeaders(TimeSpan pause)
        => Parse(FormattableString.Invariant($"slowHeaders:{pause.TotalMilliseconds:F0}"));

    /// <summary>Headers at once, then the body byte by byte, with a pause of whole milliseconds (1 to 60,000) before each byte.</summary>
    public static Fault SlowBody(TimeSpan pause)
        => Parse(FormattableString.Invariant($"slowBody:{pause.TotalMilliseconds:F0}"));

    /// <summary>Valid JSON of this number of bytes, streamed without a length.</summary>
    public static Fault HugeBody(long bytes) => Parse(FormattableString.Invariant($"hugeBody:{bytes}"));

    /// <summary>Valid JSON that has this number of bytes after decompression, and about a thousandth of it before.</summary>
    public static Fault GzipBomb(long bytes) => Parse(FormattableString.Invariant($"gzipBomb:{bytes}"));

    /// <summary>302 to this location; <c>loop</c> redirects to the same path.</summary>
    public static Fault Redirect(string location) => Parse("redirect:" + location);

    /// <summary>200 with this body, as JSON.</summary>
    public static Fault Body(ReadOnlySpan<byte> body) => Parse("bytes:" + Convert.ToBase64String(body));

    public sealed override string ToString() => Text;

    internal abstract Task AnswerAsync(Exchange exchange);
}
