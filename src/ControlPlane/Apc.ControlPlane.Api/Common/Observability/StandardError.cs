namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>The last words of a program that ends.</summary>
internal static class StandardError
{
    /// <summary>Writes a line, if standard error takes it in a moment: one that is full or that nobody reads neither fails nor holds the end.</summary>
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
            // There is nowhere left to tell of it; the exit code does.
        }
    }
}
