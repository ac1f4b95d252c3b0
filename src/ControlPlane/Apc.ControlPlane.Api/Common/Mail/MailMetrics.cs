using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Metrics of mails.</summary>
public sealed class MailMetrics(IMeterFactory meters)
{
    public const string MeterName = "Apc.ControlPlane.Mail";

    private readonly Counter<long> _mails = meters.Create(MeterName).CreateCounter<long>(
        "apc.mails",
        "{mail}",
        "Mails that ended, by their outcome: sent, failed, or dropped because too many waited or went to the same address.");

    public void Sent() => Count("sent");

    /// <summary>No attempt succeeded.</summary>
    public void Failed() => Count("failed");

    /// <summary>The queue was full, or the recipient's quota was used up.</summary>
    public void Dropped() => Count("dropped");

    private void Count(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
