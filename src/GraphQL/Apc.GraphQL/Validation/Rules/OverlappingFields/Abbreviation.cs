namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>Limits the details of a conflict to 1,000 characters, so that a small document cannot make huge errors.</summary>
internal static class Abbreviation
{
    public const int MaxLength = 1000;

    public static string Of(string text) => text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "...") : text;
}
