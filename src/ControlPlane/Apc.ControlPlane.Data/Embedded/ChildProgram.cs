using System.Diagnostics;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>Programs that the host starts. They inherit only the variables they need: the host's environment holds passwords.</summary>
internal static class ChildProgram
{
    // Folders of programs, libraries and temporary files, the home folder, and the time zone.
    private static readonly string[] Inherited = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"];

    /// <summary>How to start a program, whose output is in English whatever the locale of the host is.</summary>
    public static ProcessStartInfo Of(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        start.Environment.Clear();

        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
