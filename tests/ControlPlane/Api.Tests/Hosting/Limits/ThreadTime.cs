using System.Runtime.InteropServices;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>What this thread has used of a processor: what other threads and other programs do at the same time is not in it.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuClock = 3;

    public static TimeSpan Used
        => GetTime(ThreadCpuClock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
            : throw new InvalidOperationException("The clock of the thread cannot be read.");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
