using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Apc.TestKit;

/// <summary>Sends programs the signals that people send them. A fresh Debian has no program <c>kill</c>.</summary>
public static class Signals
{
    /// <summary>As Ctrl+C does it.</summary>
    public static void Interrupt(Process program) => Send(program, 2);

    /// <summary>As a service manager ends a program.</summary>
    public static void Terminate(Process program) => Send(program, 15);

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
