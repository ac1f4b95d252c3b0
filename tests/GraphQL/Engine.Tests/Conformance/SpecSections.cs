namespace Apc.GraphQL.Tests.Conformance;

/// <summary>A section of chapters 2 to 7: its anchor and its heading.</summary>
/// <remarks>"Formal Specification" and "Explanatory Text" are no sections of their own here: they say what their rule's section says.</remarks>
public sealed record SpecSection(int Chapter, string Anchor, string Title);

/// <summary>The sections of the specification, and what <c>Deviations.md</c> says of them.</summary>
public static class SpecSections
{
    /// <summary>In the order of the specification; from <c>sections.tsv</c>.</summary>
    public static IReadOnlyList<SpecSection> All { get; } =
    [
        .. Read("sections.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(columns => new SpecSection(int.Parse(columns[0]), columns[1], columns[2])),
    ];

    /// <summary>The anchors of which <c>Deviations.md</c> says why there is no test, each on a line of its own: <c>- `sec-…`: why</c>.</summary>
    public static IReadOnlyList<string> Explained { get; } =
    [
        .. Read("Deviations.md").Split('\n')
            .Where(line => line.StartsWith("- `sec-", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]),
    ];

    /// <summary>Every deviation: the paragraphs that begin with <c>* </c>.</summary>
    public static IReadOnlyList<string> Deviations { get; } =
        [.. Read("Deviations.md").Split("\n* ").Skip(1).Select(text => text.Split("\n\n")[0].Replace("\n  ", " ", StringComparison.Ordinal))];

    private static string Read(string file)
    {
        using var stream = typeof(SpecSections).Assembly.GetManifestResourceStream($"{typeof(SpecSections).Namespace}.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
