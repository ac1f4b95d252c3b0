using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Writes a line for each event, to standard output unless a test listens.</summary>
/// <param name="output">
/// Lets one caller in at a time and never makes one wait: in the host, the queue through which lines of the log go too, so that neither can end up inside the other.
/// </param>
public sealed class AuditLines(TextWriter output)
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>Writes the line of an event.</summary>
    /// <param name="row">What happened.</param>
    /// <param name="duration">How long the operation took until now; null outside of requests.</param>
    public void Write(AuditLog row, TimeSpan? duration) => _output.Write(AuditLine.Of(row, duration) + "\n");
}
