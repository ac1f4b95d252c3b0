using System.Diagnostics;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>Programs that this one starts. They inherit what they need and no more: our environment holds passwords.</summary>
internal static class ChildProgram
{
    // Where programs and their libraries are, whose home it is, the time zone, and where temporary files go.
    private static readonly string[] Inherited = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"];

    /// <summary>A program to be started, which speaks plain English whatever our own language is.</summary>
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
