using System.Runtime.CompilerServices;

namespace Apc.TestKit;

/// <summary>Compares a text with the one that is committed beside the test, in <c>__snapshots__</c>.</summary>
public static class Snapshot
{
    /// <summary>
    /// Fails where the two differ. On a developer's machine the new text is written first, so that accepting it is committing it; with <c>CI</c> set nothing is
    /// written.
    /// </summary>
    public static void Match(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "__snapshots__", name);
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";

        if (expected == actual)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") is not { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Xunit.Assert.Fail($"{name} has changed. Run the test on your machine, read the difference in {file}, and commit it if it is meant.\n{FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var line = Enumerable.Range(0, Math.Max(before.Length, after.Length)).First(i => before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i));
        return $"Line {line + 1}\n  committed: {before.ElementAtOrDefault(line)}\n  now:       {after.ElementAtOrDefault(line)}";
    }
}
