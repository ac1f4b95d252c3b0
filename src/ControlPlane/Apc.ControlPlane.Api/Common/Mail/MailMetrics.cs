using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>What operators can measure of mails.</summary>
public sealed class MailMetrics
{
    public const string MeterName = "Apc.ControlPlane.Mail";

    private readonly Counter<long> _mails;

    public MailMetrics(IMeterFactory meters)
        => _mails = meters.Create(MeterName).CreateCounter<long>(
            "apc.mails", "{mail}", "Mails that ended, by their outcome: sent, failed, or dropped because too many waited or went to the same address.");

    /// <summary>The server took a mail.</summary>
    public void Sent() => Count("sent");

    /// <summary>No attempt succeeded.</summary>
    public void Failed() => Count("failed");

    /// <summary>There was no room for it, among those that wait or for its recipient.</summary>
    public void Dropped() => Count("dropped");

    private void Count(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
