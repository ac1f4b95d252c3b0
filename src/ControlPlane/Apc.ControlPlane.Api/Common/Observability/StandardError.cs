namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>Standard error for the last message of a program that ends.</summary>
internal static class StandardError
{
    /// <summary>
    /// Writes a line; gives it up if standard error is closed, or does not take it within <see cref="OutputQueue.EndsWithin"/>.
    /// </summary>
    public static void WriteLine(string line)
    {
        var writer = new Thread(() => Write(line)) { IsBackground = true };
        writer.Start();
        writer.Join(OutputQueue.EndsWithin);
    }

    private static void Write(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no output left to report it on, except the exit code.
        }
    }
}
