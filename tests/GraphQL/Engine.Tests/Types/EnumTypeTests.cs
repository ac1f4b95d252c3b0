using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Types;

[SpecSection("sec-Enums")]
public class EnumTypeTests
{
    private static readonly EnumType Days = new(
        "Day",
        [new("MONDAY", DayOfWeek.Monday), new("SUNDAY", DayOfWeek.Sunday), new("FIRST", DayOfWeek.Monday)],
        clrType: typeof(DayOfWeek));

    private static readonly EnumType Names = new("Name", [new("ADA"), new("EVE")]);

    [Theory]
    [SpecSection("sec-Enums.Input-Coercion")]
    [InlineData("\"SUNDAY\"", "\"SUNDAY\"")]
    [InlineData("\"FIRST\"", "\"MONDAY\"")]
    [InlineData("\"MONDY\"", """Value "MONDY" does not exist in "Day" enum. Did you mean the enum value "MONDAY" or "SUNDAY"?""")]
    [InlineData("\"sunday\"", """Value "sunday" does not exist in "Day" enum. Did you mean the enum value "SUNDAY" or "MONDAY"?""")]
    [InlineData("1", """Enum "Day" cannot represent non-string value: 1.""")]
    [InlineData("""["MONDAY"]""", """Enum "Day" cannot represent non-string value: ["MONDAY"]. Did you mean the enum value "MONDAY"?""")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(Days, json));

    [Theory]
    [SpecSection("sec-Enums.Input-Coercion")]
    [InlineData("SUNDAY", "\"SUNDAY\"")]
    [InlineData("SUN", """Value "SUN" does not exist in "Day" enum.""")]
    [InlineData("\"SUNDAY\"", """Enum "Day" cannot represent non-enum value: "SUNDAY". Did you mean the enum value "SUNDAY" or "MONDAY"?""")]
    [InlineData("1", """Enum "Day" cannot represent non-enum value: 1.""")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(Days, literal));

    [Theory]
    [SpecSection("sec-Enums.Result-Coercion")]
    [InlineData(DayOfWeek.Monday, "\"MONDAY\"")]
    [InlineData(DayOfWeek.Friday, """Enum "Day" cannot represent value: Friday""")]
    [InlineData(5, """Enum "Day" cannot represent value: 5""")]
    public void Writes_the_first_name_of_a_value(object value, string outcome)
        => Assert.Equal(outcome, Coerced.Result(Days, value));

    [Fact]
    public void Writes_members_without_boxing()
    {
        Assert.Equal("\"SUNDAY\"", Coerced.Typed(Days, DayOfWeek.Sunday));
        Assert.Equal("\"SUNDAY\"", Coerced.Typed<DayOfWeek?>(Days, DayOfWeek.Sunday));
        Assert.Equal("""Enum "Day" cannot represent value: Friday""", Coerced.Typed(Days, DayOfWeek.Friday));
        Assert.Null(Days.WriterFor<int>());
    }

    [Fact]
    public void Takes_names_for_values_where_no_values_are_given()
    {
        Assert.Equal("EVE", Names.Values["EVE"].Value);
        Assert.Equal("\"EVE\"", Coerced.Result(Names, "EVE"));
    }
}
