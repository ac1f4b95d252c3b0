using System.Runtime.Versioning;
using System.Text;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The folder of the server's socket: short, and closed to other users, because the server asks for no password.</summary>
internal static class SocketFolder
{
    private const string Prefix = "apc-pg-";

    // A socket's path has at most 107 bytes, of which the server's file name takes 14.
    private const int MaxBytes = 107 - 14;

    /// <summary>A path that does not exist yet.</summary>
    public static string Choose()
    {
        var name = $"{Prefix}{Path.GetRandomFileName()}";
        var folder = Path.Combine(Path.GetTempPath(), name);
        return Encoding.UTF8.GetByteCount(folder) <= MaxBytes ? folder : Path.Combine("/tmp", name);
    }

    [SupportedOSPlatform("linux")]
    public static void Make(string folder, ServerAccount account)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        if (account.IsOther)
        {
            Unix.ChangeOwner(folder, account.UserId, account.GroupId);
        }
    }

    /// <summary>Deletes a folder that <see cref="Make"/> created; ignores any other.</summary>
    public static void Delete(string? folder)
    {
        if (folder is not null && Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal) && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
