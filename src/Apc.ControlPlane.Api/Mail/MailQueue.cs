using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Apc.ControlPlane.Api.Mail;

/// <summary>Sends mails after the answer to the request that caused them, so that nobody learns from its time whether there was a mail to send.</summary>
/// <remarks>What waits is lost when the host ends: whoever misses a mail asks for another.</remarks>
public sealed partial class MailQueue : BackgroundService
{
    /// <summary>Most mails that wait.</summary>
    public const int Capacity = 1_000;

    /// <summary>Attempts to hand a mail over, the first included; pauses of 1, 2 and 4 seconds between them.</summary>
    public const int MaxAttempts = 4;

    // A server that hangs shall not hold up everybody else's mails at once.
    private const int Senders = 4;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly Channel<Func<CancellationToken, Task<OutgoingMail?>>> _mails =
        Channel.CreateBounded<Func<CancellationToken, Task<OutgoingMail?>>>(Capacity);

    private readonly SmtpSender _sender;
    private readonly SmtpOptions _options;
    private readonly MailMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailQueue> _logger;
    private readonly ResiliencePipeline _retries;

    public MailQueue(SmtpSender sender, IOptions<SmtpOptions> options, MailMetrics metrics, TimeProvider clock, ILogger<MailQueue> logger)
    {
        (_sender, _options, _metrics, _clock, _logger) = (sender, options.Value, metrics, clock, logger);
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
    public bool TryAdd(OutgoingMail mail) => TryAdd(_ => Task.FromResult<OutgoingMail?>(mail));

    /// <summary>The same with a mail that is written when its turn comes; null for none.</summary>
    public bool TryAdd(Func<CancellationToken, Task<OutgoingMail?>> write)
    {
        if (!IsAvailable)
        {
            return false;
        }

        if (_mails.Writer.TryWrite(write))
        {
            return true;
        }

        _metrics.Dropped();
        LogDropped(Capacity);
        return false;
    }

    /// <summary>Lets what waits leave for some seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _mails.Writer.TryComplete();
        await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(FarewellTime, _clock, cancellationToken));
        await base.StopAsync(cancellationToken);

        if (_mails.Reader.Count > 0)
        {
            LogLost(_mails.Reader.Count);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAllAsync(stoppingToken)));

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var write in _mails.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (await write(cancellationToken) is { } mail)
                {
                    await SendAsync(mail, cancellationToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                _metrics.Failed();
                LogNotWritten(e);
            }
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

    [LoggerMessage(LogLevel.Warning, "A mail was dropped: {Capacity} others wait already.")]
    private partial void LogDropped(int capacity);

    [LoggerMessage(LogLevel.Warning, "{Count} mails were not sent before the host ended.")]
    private partial void LogLost(int count);
}
