namespace Apc.ControlPlane.Api.Tests;

/// <summary>What a walk over everything of a kind found.</summary>
internal static class Problems
{
    /// <summary>Fails with all of them, each on a line: an assertion about a collection would show the beginnings of the first few.</summary>
    public static void AreNone(IEnumerable<string> problems)
    {
        var found = problems.ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }
}
