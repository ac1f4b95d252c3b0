using System.Globalization;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The file <c>postmaster.pid</c>, which a server writes into its data folder.</summary>
/// <param name="ProcessId">The server's process, which may have ended.</param>
/// <param name="SocketFolder">Null until the server has opened its socket.</param>
/// <param name="Ready">Whether the server accepts connections.</param>
internal sealed record PostmasterFile(int ProcessId, string? SocketFolder, bool Ready)
{
    public static string PathIn(string pgData) => Path.Combine(pgData, "postmaster.pid");

    /// <summary>The file of a data folder; null if there is none, or if it cannot be read yet (it is written line by line).</summary>
    public static PostmasterFile? Read(string pgData)
    {
        // Checked first, because the file is polled, and the first exception of a process takes milliseconds.
        if (!File.Exists(PathIn(pgData)))
        {
            return null;
        }

        string[] lines;

        try
        {
            lines = File.ReadAllLines(PathIn(pgData));
        }
        catch (IOException)
        {
            return null;
        }

        // Line 1 process, 2 data folder, 3 start time, 4 port, 5 socket folder, 6 address, 7 shared memory, 8 status.
        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId)
            ? new PostmasterFile(processId, lines.ElementAtOrDefault(4), lines.ElementAtOrDefault(7)?.TrimEnd() == "ready")
            : null;
    }
}
