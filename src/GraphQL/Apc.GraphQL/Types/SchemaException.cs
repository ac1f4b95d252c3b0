namespace Apc.GraphQL.Types;

/// <summary>An invalid schema, with all its problems.</summary>
public sealed class SchemaException(IReadOnlyList<string> problems)
    : Exception($"The schema cannot be used:{string.Concat(problems.Select(p => $"\n- {p}"))}")
{
    /// <summary>The problems, at least one.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    internal static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new SchemaException(problems);
        }
    }
}
