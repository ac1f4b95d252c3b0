using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Apc.Fuzz.Tests;

/// <summary>The processor's time that a thread has used, so that other work on the machine does not count.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    /// <summary>Of this thread; where the system has no such clock, the time that has passed.</summary>
    public static TimeSpan Now => OperatingSystem.IsLinux() && ReadClock(ThreadCpuTime, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000.0)
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
