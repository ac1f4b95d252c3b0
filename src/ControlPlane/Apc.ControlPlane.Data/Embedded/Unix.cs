using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>Calls of the operating system that .NET does not offer.</summary>
internal static class Unix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;

    /// <summary>Sends a signal; it is no error if the process has ended.</summary>
    public static void Signal(int processId, int signal) => _ = kill(processId, signal);

    /// <summary>Gives a file or folder to an account. Needs root.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public static void ChangeOwner(string path, int user, int group)
    {
        if (chown(path, user, group) != 0)
        {
            throw new IOException($"Cannot give {path} to user {user}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Processes named <c>postgres</c> whose working directory is a folder, without zombies.</summary>
    public static List<int> PostgresProcessesIn(string folder)
    {
        var found = new List<int>();
        var realFolder = RealPath(folder);

        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var processId) && IsPostgresIn(entry, realFolder))
            {
                found.Add(processId);
            }
        }

        return found;
    }

    // The kernel shows folders without symbolic links.
    private static string RealPath(string path)
    {
        var buffer = new byte[4097];
        return realpath(path, buffer) == 0 ? path : Encoding.UTF8.GetString(buffer.AsSpan(0, buffer.AsSpan().IndexOf((byte)0)));
    }

    private static bool IsPostgresIn(string entry, string folder)
    {
        try
        {
            // "pid (name) state …". The name may contain blanks and brackets, so it ends at the last bracket.
            var stat = File.ReadAllText(Path.Combine(entry, "stat"));
            var end = stat.LastIndexOf(')');

            return stat[..end].EndsWith("(postgres", StringComparison.Ordinal)
                && stat[end + 2] is not ('Z' or 'X')
                && new FileInfo(Path.Combine(entry, "cwd")).LinkTarget == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended in the meantime, or belongs to another user.
            return false;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);

    [DllImport("libc", SetLastError = true)]
    private static extern nint realpath([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] resolved);

    [DllImport("libc", SetLastError = true)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int owner, int group);
}
