using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Apc.TestKit;

/// <summary>Sends programs the signals that people send them. A fresh Debian has no program <c>kill</c>.</summary>
public static class Signals
{
    /// <summary>As Ctrl+C does it; as a service manager does it where the tests run in the background, where programs are started deaf to Ctrl+C.</summary>
    public static void Interrupt(Process program) => Send(program, IsIgnored(program, 2) ? 15 : 2);

    /// <summary>As a service manager ends a program.</summary>
    public static void Terminate(Process program) => Send(program, 15);

    /// <summary>Holds a program where it is: connections to it are accepted by the kernel, and nothing is answered.</summary>
    public static void Hold(Process program) => Send(program, 19);

    /// <summary>Lets a program that was held go on.</summary>
    public static void Release(Process program) => Send(program, 18);

    /// <summary>As proc(5) tells it: a mask with a bit for each signal, the first for signal 1.</summary>
    private static bool IsIgnored(Process program, int signal)
    {
        const string Name = "SigIgn:";
        var line = File.ReadLines($"/proc/{program.Id}/status").First(l => l.StartsWith(Name, StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(Name.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) != 0;
    }

    private static void Send(Process program, int signal)
    {
        if (kill(program.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {program.Id}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);
}
