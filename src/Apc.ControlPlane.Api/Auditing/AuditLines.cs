using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Writes a line for each event, to standard output unless a test listens.</summary>
/// <remarks>
/// A line is one call of a writer that lets one caller in at a time. The console sink of the logs writes each of its lines so too, and to the same
/// writer: neither can end up inside the other.
/// </remarks>
public sealed partial class AuditLines(TextWriter output, AuditMetrics metrics, ILogger<AuditLines> logger)
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>Writes the line of an event. Never throws: what is done is done, whether somebody reads of it or not.</summary>
    /// <param name="row">What happened.</param>
    /// <param name="duration">How long the operation took until now; null outside of requests.</param>
    public void Write(AuditLog row, TimeSpan? duration)
    {
        try
        {
            _output.Write(AuditLine.Of(row, duration) + "\n");
        }
        catch (IOException e)
        {
            metrics.LostLine();
            LogLost(row.Action, row.Id, e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit line of {Action} ({AuditId}) could not be written.")]
    private partial void LogLost(string action, Guid auditId, Exception exception);
}
