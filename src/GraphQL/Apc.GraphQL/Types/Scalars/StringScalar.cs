using System.Globalization;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <remarks>https://spec.graphql.org/September2025/#sec-String</remarks>
internal sealed class StringScalar() : TextScalar("String", "A text, encoded as UTF-8.")
{
    protected override string? FormatOf(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal
            => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => JavaScriptNumber.Text(number),
        float number when float.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        char or Uri => value.ToString(),
        _ => null,
    };
}
