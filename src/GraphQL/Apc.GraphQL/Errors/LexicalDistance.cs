namespace Apc.GraphQL.Errors;

/// <summary>
/// The number of edits from one name to another: insert, delete, replace, or swap two neighbours (optimal string alignment).
/// Letters are compared without case; a name that differs only in case is one edit away.
/// </summary>
internal sealed class LexicalDistance(string from)
{
    private readonly string _lower = from.ToLowerInvariant();

    /// <summary>The number of edits, or null if it is above <paramref name="threshold"/>.</summary>
    public int? To(string name, int threshold)
    {
        if (name == from)
        {
            return 0;
        }

        var lower = name.ToLowerInvariant();

        if (lower == _lower)
        {
            return 1;
        }

        var (longer, shorter) = lower.Length < _lower.Length ? (_lower, lower) : (lower, _lower);
        return longer.Length - shorter.Length > threshold ? null : Measure(longer, shorter, threshold);
    }

    private static int? Measure(string longer, string shorter, int threshold)
    {
        // Three rows of the table suffice: this one, the one above, and the one above that for swapped neighbours.
        var width = shorter.Length + 1;
        var rows = new int[3 * width];

        Span<int> Row(int i) => rows.AsSpan(i % 3 * width, width);

        for (var j = 0; j < width; j++)
        {
            rows[j] = j;
        }

        for (var i = 1; i <= longer.Length; i++)
        {
            var above = Row(i - 1);
            var row = Row(i);
            var smallest = row[0] = i;

            for (var j = 1; j < width; j++)
            {
                var replace = above[j - 1] + (longer[i - 1] == shorter[j - 1] ? 0 : 1);
                var cell = Math.Min(replace, Math.Min(above[j], row[j - 1]) + 1);

                if (i > 1 && j > 1 && longer[i - 1] == shorter[j - 2] && longer[i - 2] == shorter[j - 1])
                {
                    cell = Math.Min(cell, Row(i - 2)[j - 2] + 1);
                }

                row[j] = cell;
                smallest = Math.Min(smallest, cell);
            }

            if (smallest > threshold)
            {
                return null;
            }
        }

        var distance = Row(longer.Length)[shorter.Length];
        return distance <= threshold ? distance : null;
    }
}
