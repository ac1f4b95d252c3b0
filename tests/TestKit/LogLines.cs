using Microsoft.Extensions.Logging.Testing;

namespace Apc.TestKit;

/// <summary>What was logged, as operators read it.</summary>
public static class LogLines
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    extension(FakeLoggerProvider log)
    {
        /// <summary>One line for each record, with its level and its exception.</summary>
        public IReadOnlyList<string> Lines => [.. log.Collector.GetSnapshot().Select(record => $"{record.Level}: {record.Message} {record.Exception}".TrimEnd())];

        /// <summary>Waits until a line with this text was logged.</summary>
        /// <exception cref="TimeoutException">None is within half a minute.</exception>
        public async Task WaitForAsync(string text, CancellationToken cancellationToken)
        {
            var start = TimeProvider.System.GetTimestamp();

            while (!log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                if (TimeProvider.System.GetElapsedTime(start) > Patience)
                {
                    throw new TimeoutException($"Nothing with \"{text}\" was logged.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
            }
        }
    }
}
