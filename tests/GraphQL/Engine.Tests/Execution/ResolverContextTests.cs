using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

public class ResolverContextTests
{
    [Fact]
    public async Task Shows_the_parent_the_field_and_the_request()
    {
        var seen = new List<ResolverContext>();
        var inner = Object<string>("Inner", Now("field", Int, c => { seen.Add(c); return 1; }));
        var schema = new Schema(Object("Query", Now("outer", inner, c => { seen.Add(c); return "parent"; })));
        var request = new TestRequest(default, "a service");

        await Run.Async(new GraphQLExecutor(schema), GraphQLRequest.For("{ outer { field } }"), request);

        Assert.Equal([null, "parent"], seen.Select(c => c.Parent));
        Assert.Equal(["outer", "field"], seen.Select(c => c.Field.Name));
        Assert.All(seen, c => Assert.Same(request, c.Request));
        Assert.All(seen, c => Assert.Equal("a service", c.Request.Services.GetService(typeof(string))));
    }
}
