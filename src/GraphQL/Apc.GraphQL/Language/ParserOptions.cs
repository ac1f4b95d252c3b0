namespace Apc.GraphQL.Language;

/// <summary>Limits above which the parser refuses a document.</summary>
public sealed record ParserOptions
{
    /// <summary>5,000 tokens, 200 levels.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>Most tokens in a document; comments and the end of the text do not count. At least 1; 5,000 unless set.</summary>
    public int MaxTokens
    {
        get;
        init => field = value >= 1 ? value : throw OutOfRange(nameof(MaxTokens), value, "at least 1");
    }
    = 5_000;

    /// <summary>
    /// Most levels of nested selection sets, list and object literals and list types. 1 to 500, since each level needs stack space here and
    /// in later stages; 200 unless set.
    /// </summary>
    public int MaxNesting
    {
        get;
        init => field = value is >= 1 and <= 500 ? value : throw OutOfRange(nameof(MaxNesting), value, "1 to 500");
    }
    = 200;

    private static ArgumentOutOfRangeException OutOfRange(string option, int value, string allowed)
        => new(option, value, $"{option} must be {allowed}.");
}
