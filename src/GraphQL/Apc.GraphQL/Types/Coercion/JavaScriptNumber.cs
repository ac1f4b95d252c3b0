using System.Globalization;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Numbers as JavaScript prints them, as in messages of graphql-js and in numbers that become strings.</summary>
internal static class JavaScriptNumber
{
    /// <summary>The shortest text that parses to the same double; without exponent from 1e-6 up to below 1e21.</summary>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return "0";
        }

        var (digits, exponent) = Decompose(Math.Abs(value));
        var sign = value < 0 ? "-" : "";

        return exponent switch
        {
            >= 21 or < -6 => sign + WithExponent(digits, exponent),
            < 0 => sign + "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
            _ => sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..],
        };
    }

    private static string WithExponent(string digits, int exponent)
    {
        var fraction = digits.Length == 1 ? "" : "." + digits[1..];
        var exponentSign = exponent < 0 ? "-" : "+";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{exponentSign}{Math.Abs(exponent)}");
    }

    /// <summary>The significant digits, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Decompose(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var first = (point < 0 ? digits.Length : point) - 1 - (digits.Length - significant.Length);
        return (significant.TrimEnd('0'), exponent + first);
    }
}
