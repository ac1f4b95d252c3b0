namespace Apc.GraphQL.Types;

/// <summary>A schema that cannot be used, with everything that is wrong with it.</summary>
public sealed class SchemaException(IReadOnlyList<string> problems)
    : Exception($"The schema cannot be used:{string.Concat(problems.Select(p => $"\n- {p}"))}")
{
    /// <summary>At least one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    internal static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new SchemaException(problems);
        }
    }
}
