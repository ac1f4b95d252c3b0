namespace Apc.GraphQL.Errors;

/// <summary>Ordinal order in which runs of digits compare as numbers: <c>a9</c> before <c>a10</c>.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    private NaturalOrder()
    {
    }

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        var i = 0;
        var j = 0;

        while (i < x.Length && j < y.Length)
        {
            var order = char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j])
                ? ReadNumber(x, ref i).CompareTo(ReadNumber(y, ref j))
                : x[i++] - y[j++];

            if (order != 0)
            {
                return order;
            }
        }

        return x.Length - y.Length;
    }

    // A leading zero is a number of its own, so that a01 and a1 differ.
    private static double ReadNumber(string text, ref int position)
    {
        var number = 0d;

        do
        {
            number = (number * 10) + (text[position++] - '0');
        }
        while (number > 0 && position < text.Length && char.IsAsciiDigit(text[position]));

        return number;
    }
}
