using Apc.GraphQL.Errors;

namespace Apc.GraphQL.Tests.Types;

public class SuggestionListTests
{
    [Theory]
    [InlineData("name", "Name,names,nmae,game,other,name", "name,Name,game,names,nmae")]
    [InlineData("x", "y,z,ab,abc", "y,z")]
    [InlineData("", "a,ab", "a")]
    [InlineData("status", "statusReason,state,stats,staus,status1,status10,status9", "stats,status1,status9,staus,state,status10")]
    [InlineData("greenish", "green", "green")]
    [InlineData("verylongname", "verylongnmae,verylngname,veryxxxname", "verylngname,verylongnmae,veryxxxname")]
    [InlineData("ab", "ba,abcd,b,a01,a1,a001", "a1,b,ba")]
    [InlineData("clusters", "cluster,paginatedClusters", "cluster")]
    [InlineData("anything", "", "")]
    [InlineData("twice", "twice,twice", "twice")]
    public void Lists_the_names_that_resemble_what_was_written_nearest_first(string written, string names, string expected)
        => Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            SuggestionList.For(written, names.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("a9", "a10", -1)]
    [InlineData("a10", "a9", 1)]
    [InlineData("a01", "a1", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("b", "a1", 1)]
    [InlineData("a1", "a1", 0)]
    public void Sorts_digits_as_numbers(string left, string right, int order)
        => Assert.Equal(order, Math.Sign(NaturalOrder.Instance.Compare(left, right)));
}
