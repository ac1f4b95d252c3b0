using Apc.GraphQL.Errors;

namespace Apc.GraphQL.Tests.Types;

public class DidYouMeanTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", """ Did you mean "a"?""")]
    [InlineData("a,b", """ Did you mean "a" or "b"?""")]
    [InlineData("a,b,c", """ Did you mean "a", "b", or "c"?""")]
    [InlineData("a,b,c,d,e,f", """ Did you mean "a", "b", "c", "d", or "e"?""")]
    public void Asks_for_up_to_five_names(string names, string expected)
        => Assert.Equal(expected, DidYouMean.Text(names.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Says_what_the_names_are_where_that_helps()
        => Assert.Equal(""" Did you mean the enum value "RED"?""", DidYouMean.Text("RDE", ["RED", "GREEN"], "the enum value"));
}
