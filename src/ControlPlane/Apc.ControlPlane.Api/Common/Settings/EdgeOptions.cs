using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Protection of the host against unknown clients.</summary>
public sealed class EdgeOptions
{
    public const string Section = "Security";

    /// <summary>Time allowed for the headers of a request. 1 second to 5 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time allowed for the whole body of a request, and for a message over a WebSocket once it has begun. 100 ms to 10 minutes; 10 seconds
    /// unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether responses over https have the header of HTTP Strict Transport Security. Off unless set.</summary>
    public bool Hsts { get; init; }

    /// <summary>How long browsers remember it. 1 minute to 730 days; 365 days unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "730.00:00:00")]
    public TimeSpan HstsMaxAge { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Whether it includes all names below this host's. Off unless set.</summary>
    public bool HstsIncludeSubDomains { get; init; }

    /// <summary>
    /// Most warnings and errors of one kind in the log within a second; one line reports the number of further ones. 1 to 10,000; 10 unless
    /// set.
    /// </summary>
    [Range(1, 10_000)]
    public int LogLinesPerSecond { get; init; } = 10;
}
