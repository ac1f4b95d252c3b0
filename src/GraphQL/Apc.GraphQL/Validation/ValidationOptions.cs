namespace Apc.GraphQL.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>What holds where nothing else is said.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Errors reported for one document, at least 1; one more then says that validation was aborted. 100 unless set.</summary>
    public int MaxErrors { get; init; } = 100;
}
