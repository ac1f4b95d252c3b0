namespace Apc.GraphQL.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>The default options.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>
    /// Most errors for one document; if there are more, one further error reports that the validation stopped. At least 1; 100 unless set.
    /// </summary>
    public int MaxErrors { get; init; } = 100;
}
