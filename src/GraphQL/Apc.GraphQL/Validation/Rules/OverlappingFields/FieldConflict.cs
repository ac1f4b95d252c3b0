using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>Two fields of one response name that cannot be merged, each followed by the fields inside it that are at fault.</summary>
internal sealed record FieldConflict(
    string ResponseName, string Reason, IReadOnlyList<FieldNode> First, IReadOnlyList<FieldNode> Second)
{
    private const int MaxNodes = 20;

    /// <summary>A conflict of two fields that is caused by conflicts of the fields inside them.</summary>
    public static FieldConflict Around(string responseName, FieldNode first, FieldNode second, List<FieldConflict> inside)
        => new(responseName, ReasonOf(inside), NodesOf(first, inside, c => c.First), NodesOf(second, inside, c => c.Second));

    private static string ReasonOf(List<FieldConflict> inside)
    {
        var reason = "";

        foreach (var conflict in inside)
        {
            var separator = reason.Length == 0 ? "" : " and ";
            reason += $"{separator}subfields \"{Abbreviation.Of(conflict.ResponseName)}\" conflict because {conflict.Reason}";

            if (reason.Length > Abbreviation.MaxLength)
            {
                break;
            }
        }

        return Abbreviation.Of(reason);
    }

    // If there are too many, the innermost of each conflict are kept: they are at fault.
    private static List<FieldNode> NodesOf(
        FieldNode field, List<FieldConflict> inside, Func<FieldConflict, IReadOnlyList<FieldNode>> side)
    {
        List<FieldNode> nodes = [field];

        foreach (var conflict in inside)
        {
            nodes.AddRange(side(conflict).TakeLast(MaxNodes - nodes.Count));
        }

        return nodes;
    }
}

/// <summary>Limits the details of a conflict to 1,000 characters, so that a small document cannot make huge errors.</summary>
internal static class Abbreviation
{
    public const int MaxLength = 1000;

    public static string Of(string text) => text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "...") : text;
}
