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
        Match(Path.Combine(Path.GetDirectoryName(testFile)!, "__snapshots__", name), actual);
    }

    /// <summary>The same with the lines between <c>&lt;!-- name: … --&gt;</c> and <c>&lt;!-- name ends --&gt;</c> of a page.</summary>
    public static void MatchBlock(string page, string name, string actual)
    {
        var text = File.ReadAllText(page);
        var start = text.IndexOf('\n', text.IndexOf($"<!-- {name}: ", StringComparison.Ordinal)) + 1;
        Match(page, text[..start] + actual + text[text.IndexOf($"<!-- {name} ends -->", start, StringComparison.Ordinal)..]);
    }

    private static void Match(string file, string actual)
    {
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

        Xunit.Assert.Fail(
            $"{Path.GetFileName(file)} has changed. Run the test on your machine, read the difference in {file}, and commit it if it is meant.\n{FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var line = Enumerable.Range(0, Math.Max(before.Length, after.Length)).First(i => before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i));
        return $"Line {line + 1}\n  committed: {before.ElementAtOrDefault(line)}\n  now:       {after.ElementAtOrDefault(line)}";
    }
}
