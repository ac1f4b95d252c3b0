using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Sends mails after the answer to the request that caused them, so that nobody learns from its time whether there was a mail to send.</summary>
/// <remarks>What waits is lost when the host ends: whoever misses a mail asks for another.</remarks>
public sealed partial class MailQueue : BackgroundService
{
    /// <summary>Attempts to hand a mail over, the first included; pauses of 1, 2 and 4 seconds between them.</summary>
    public const int MaxAttempts = 4;

    // A server that hangs shall not hold up everybody else's mails at once.
    private const int Senders = 4;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly WaitingMails _mails = new();
    private readonly SmtpSender _sender;
    private readonly SmtpOptions _options;
    private readonly MailAdmission _admit;
    private readonly MailMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailQueue> _logger;
    private readonly ResiliencePipeline _retries;

    public MailQueue(
        SmtpSender sender, IOptions<SmtpOptions> options, MailAdmission admit, MailMetrics metrics, TimeProvider clock, ILogger<MailQueue> logger)
    {
        (_sender, _options, _admit, _metrics, _clock, _logger) = (sender, options.Value, admit, metrics, clock, logger);
        _retries = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is MailFailedException { MayPass: true }),
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxRetryAttempts = MaxAttempts - 1,
            })
            .Build();
    }

    /// <summary>Whether mails can be sent at all.</summary>
    public bool IsAvailable => _options.HasServer();

    /// <exception cref="MailUnavailableException">No server is configured.</exception>
    public void RequireAvailable()
    {
        if (!IsAvailable)
        {
            throw new MailUnavailableException();
        }
    }

    /// <summary>Takes a mail; false where no server is configured or too many wait.</summary>
    /// <param name="urgency">Whether somebody waits for it.</param>
    /// <param name="sender">On whose behalf: the mails of one do not hold up those of others.</param>
    /// <param name="mail">The mail.</param>
    public bool TryAdd(MailUrgency urgency, string sender, OutgoingMail mail) => TryAdd(urgency, sender, _ => Task.FromResult<OutgoingMail?>(mail));

    /// <summary>The same with a mail that is written when its turn comes; null for none.</summary>
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

        _metrics.Dropped();
        LogDropped();
        return false;
    }

    /// <summary>Lets what waits leave for some seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _mails.Close();
        await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(FarewellTime, _clock, cancellationToken));
        await base.StopAsync(cancellationToken);

        if (_mails.Count > 0)
        {
            LogLost(_mails.Count);
        }
    }

    // One of them is kept for what is awaited, so that no flood of other mails takes all.
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, Senders).Select(i => SendAllAsync(onlyAwaited: i == 0, stoppingToken)));

    private async Task SendAllAsync(bool onlyAwaited, CancellationToken cancellationToken)
    {
        while (!_mails.IsDone)
        {
            // Asked for before the look, so that nothing that comes in between is missed.
            var changed = _mails.Changed;

            if (_mails.TryTake(onlyAwaited) is { } waiting)
            {
                await SendAsync(waiting, cancellationToken);
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    private async Task SendAsync(WaitingMail waiting, CancellationToken cancellationToken)
    {
        try
        {
            if (await waiting.Write(cancellationToken) is not { } mail)
            {
                return;
            }

            // Nobody is told of it: those who ask may not learn whose address is known here.
            if (await _admit(mail, cancellationToken))
            {
                await SendAsync(mail, cancellationToken);
                return;
            }

            _metrics.Dropped();
            LogTooMany(mail.To);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _metrics.Failed();
            LogNotWritten(e);
        }
        finally
        {
            _mails.Done(waiting);
        }
    }

    private async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await _retries.ExecuteAsync(static async (state, token) => await state.Sender.SendAsync(state.Mail, token), (Sender: _sender, Mail: mail), cancellationToken);
            _metrics.Sent();
        }
        catch (MailFailedException e)
        {
            _metrics.Failed();
            LogFailed(mail.To, e.Message);
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
