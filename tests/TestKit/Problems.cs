namespace Apc.TestKit;

/// <summary>What a walk over everything of a kind found.</summary>
public static class Problems
{
    /// <summary>Fails with all of them, each on a line; an assertion about a collection would cut off each text and show few.</summary>
    public static void AreNone(IEnumerable<string> problems)
    {
        var found = problems.ToArray();
        Xunit.Assert.True(found.Length == 0, string.Join('\n', found));
    }
}
