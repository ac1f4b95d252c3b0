using System.Collections.Frozen;

namespace Apc.ControlPlane.Domain.Users;

/// <summary>About 10,000 of the most common passwords, in lower case.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>Whether the text, in lower case, is one of them.</summary>
    public static bool Contain(string text) => All.Value.Contains(text);

    private static FrozenSet<string> Read()
    {
        using var file = typeof(CommonPasswords).Assembly.GetManifestResourceStream($"{nameof(CommonPasswords)}.txt")
            ?? throw new InvalidOperationException($"The file {nameof(CommonPasswords)}.txt is not embedded.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Where(line => line is not ("" or ['#', ..])).ToFrozenSet(StringComparer.Ordinal);
    }
}
