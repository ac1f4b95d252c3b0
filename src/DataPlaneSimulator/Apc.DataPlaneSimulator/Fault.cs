using Apc.Simulation.Clusters;
using Apc.Simulation.Faults;

namespace Apc.Simulation;

/// <summary>A way to answer a probe. Written as a name and, after a colon, an argument: <c>hang</c>, <c>status:503</c>.</summary>
/// <remarks>All names with their arguments stand in <see cref="FaultCatalog"/>.</remarks>
public abstract class Fault
{
    private protected Fault(string text) => Text = text;

    /// <summary>200 with the whole payload.</summary>
    public static Fault Healthy { get; } = new PayloadFault("healthy", MetadataPayload.Healthy);

    /// <summary>200 with the whole payload, its <c>healthStatus</c> <c>UNHEALTHY</c>.</summary>
    public static Fault Unhealthy { get; } = new PayloadFault("unhealthy", "UNHEALTHY");

    /// <summary>Accepts the request and never answers.</summary>
    public static Fault Hang { get; } = new HangFault();

    /// <summary>Ends the connection in order (FIN) without an answer.</summary>
    public static Fault Close { get; } = new CloseFault();

    /// <summary>Ends the connection by force (RST) without an answer.</summary>
    public static Fault Reset { get; } = new ResetFault();

    /// <summary>Half of the announced body, then the end of the connection.</summary>
    public static Fault Truncated { get; } = new TruncatedFault();

    /// <summary>As it is written in the control API; <see cref="Parse"/> of it gives the same fault.</summary>
    public string Text { get; }

    internal virtual string HealthStatus => MetadataPayload.Healthy;

    /// <summary>The fault with this text.</summary>
    /// <exception cref="FormatException">Names the text and what is allowed.</exception>
    public static Fault Parse(string text)
        => FaultCatalog.TryParse(text, out var fault, out var problem) ? fault : throw new FormatException(problem);

    /// <summary>This status, 200 to 599, with a short text.</summary>
    public static Fault Status(int status) => Parse(FormattableString.Invariant($"status:{status}"));

    /// <summary>Status line and headers byte by byte, this many whole milliseconds apart (1 to 60,000).</summary>
    public static Fault SlowHeaders(TimeSpan pause) => Parse(FormattableString.Invariant($"slowHeaders:{pause.TotalMilliseconds:F0}"));

    /// <summary>Headers at once, the body byte by byte, this many whole milliseconds apart (1 to 60,000).</summary>
    public static Fault SlowBody(TimeSpan pause) => Parse(FormattableString.Invariant($"slowBody:{pause.TotalMilliseconds:F0}"));

    /// <summary>Valid JSON of this many bytes, streamed without a length.</summary>
    public static Fault HugeBody(long bytes) => Parse(FormattableString.Invariant($"hugeBody:{bytes}"));

    /// <summary>Valid JSON that is this many bytes long after decompression, a thousandth of it before.</summary>
    public static Fault GzipBomb(long bytes) => Parse(FormattableString.Invariant($"gzipBomb:{bytes}"));

    /// <summary>302 to this place; <c>loop</c> leads back to the same path.</summary>
    public static Fault Redirect(string location) => Parse("redirect:" + location);

    /// <summary>200 with this body, as JSON.</summary>
    public static Fault Body(ReadOnlySpan<byte> body) => Parse("bytes:" + Convert.ToBase64String(body));

    public sealed override string ToString() => Text;

    internal abstract Task AnswerAsync(Exchange exchange);
}
