using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Whether the recipient may get another mail now.</summary>
public delegate Task<bool> MailAdmission(OutgoingMail mail, CancellationToken cancellationToken);

/// <summary>
/// Sends mails after the response to the request that caused them, so that the response time does not reveal whether a mail was sent.
/// </summary>
/// <remarks>Waiting mails are lost when the host ends; users can request them again.</remarks>
public sealed partial class MailQueue(
    SmtpSender smtp, IOptions<SmtpOptions> options, MailAdmission admit, MailMetrics metrics, TimeProvider clock, ILogger<MailQueue> logger)
    : BackgroundService
{
    /// <summary>Attempts to hand a mail over, the first included; pauses of 1, 2 and 4 seconds between them.</summary>
    public const int MaxAttempts = 4;

    // More than one, so that a server that hangs on one mail does not hold up the others.
    private const int Senders = 4;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly WaitingMails _mails = new();

    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is MailFailedException { MayPass: true }),
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxRetryAttempts = MaxAttempts - 1,
        })
        .Build();

    /// <summary>Whether an SMTP server is configured.</summary>
    public bool IsAvailable => options.Value.HasServer();

    /// <exception cref="MailUnavailableException">No server is configured.</exception>
    public void RequireAvailable()
    {
        if (!IsAvailable)
        {
            throw new MailUnavailableException();
        }
    }

    /// <summary>Takes a mail; false if no server is configured or too many wait.</summary>
    /// <param name="sender">On whose behalf: the mails of one sender do not hold up those of others.</param>
    public bool TryAdd(MailUrgency urgency, string sender, OutgoingMail mail)
        => TryAdd(urgency, sender, _ => Task.FromResult<OutgoingMail?>(mail));

    /// <summary>Takes a mail that is written when its turn comes; it may turn out to be none (null).</summary>
    /// <inheritdoc cref="TryAdd(MailUrgency, string, OutgoingMail)"/>
    public bool TryAdd(MailUrgency urgency, string sender, Func<CancellationToken, Task<OutgoingMail?>> write)
    {
        if (!IsAvailable)
        {
            return false;
        }

        if (_mails.TryAdd(urgency, sender, write))
        {
            return true;
        }

        metrics.Dropped();
        LogDropped();
        return false;
    }

    /// <summary>Sends what waits, for some seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _mails.Close();
        await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(FarewellTime, clock, cancellationToken));
        await base.StopAsync(cancellationToken);

        if (_mails.Count > 0)
        {
            LogLost(_mails.Count);
        }
    }

    // One sender is reserved for awaited mails, so that a flood of other mails cannot occupy all.
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, Senders).Select(i => SendAllAsync(onlyAwaited: i == 0, stoppingToken)));

    private async Task SendAllAsync(bool onlyAwaited, CancellationToken cancellationToken)
    {
        while (await _mails.TakeAsync(onlyAwaited, cancellationToken) is { } waiting)
        {
            await SendAsync(waiting, cancellationToken);
            _mails.Done(waiting);
        }
    }

    private async Task SendAsync(WaitingMail waiting, CancellationToken cancellationToken)
    {
        OutgoingMail? mail = null;

        try
        {
            mail = await waiting.Write(cancellationToken);

            if (mail is null)
            {
                return;
            }

            if (!await admit(mail, cancellationToken))
            {
                // Not reported to the caller, who could learn from it which addresses belong to users.
                metrics.Dropped();
                LogTooMany(mail.To);
                return;
            }

            await _retries.ExecuteAsync(async token => await smtp.SendAsync(mail, token), cancellationToken);
            metrics.Sent();
        }
        catch (MailFailedException e) when (mail is not null)
        {
            metrics.Failed();
            LogFailed(mail.To, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            metrics.Failed();
            LogNotWritten(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A mail to {Address} could not be sent: {Problem}.")]
    private partial void LogFailed(string address, string problem);

    [LoggerMessage(LogLevel.Error, "A mail could not be written.")]
    private partial void LogNotWritten(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A mail was dropped: too many others wait already.")]
    private partial void LogDropped();

    [LoggerMessage(LogLevel.Warning, "A mail to {Address} was dropped: too many were sent there within an hour.")]
    private partial void LogTooMany(string address);

    [LoggerMessage(LogLevel.Warning, "{Count} mails were not sent before the host ended.")]
    private partial void LogLost(int count);
}
