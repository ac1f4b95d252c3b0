using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Execution.Subscribing;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.CodeFirst;

public class ResolverTests
{
    [Fact]
    public async Task Reads_properties_and_computed_fields() => Assert.Equal(
        """{"data":{"book":{"title":"Dune","shout":"DUNE","kind":"NOVEL","tags":[],"grid":null,"raw":null,"printed":"1970-01-01T00:00:00.000Z","isbn":"01980000-0000-7000-8000-000000000001"}}}""",
        await LibraryRequest.AskAsync(
            """{ book(isbn: "01980000-0000-7000-8000-000000000001") { title shout kind tags grid raw printed isbn } }"""));

    [Fact]
    public async Task Replaces_a_property_by_the_method_of_the_same_name() => Assert.Equal(
        """{"data":{"books":[{"sold":2,"more":5},{"sold":2,"more":5}]}}""",
        await LibraryRequest.AskAsync("{ books { sold more: sold(times: 5) } }"));

    [Fact]
    public async Task Refuses_a_text_that_is_no_id_with_the_message_of_the_scalar() => Assert.Equal(
        """{"errors":[{"message":"ID cannot represent value: \"x\"","locations":[{"line":1,"column":14}],"path":["book"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"book":null}}""",
        await LibraryRequest.AskAsync("""{ book(isbn: "x") { title } }"""));

    [Theory]
    [InlineData("", " absent    1 0.5 True")]
    [InlineData("(maybe: null)", " null    1 0.5 True")]
    [InlineData("(maybe: 4, small: 2, ratio: 2, flag: false)", " 4    2 2 False")]
    [InlineData(
        """(json: {a: [1]}, at: "2026-01-02T03:04:05+01:00", link: "/x", letter: "y")""",
        """{\"a\":[1]} absent 2026-01-02T02:04:05.0000000Z /x y 1 0.5 True""")]
    public async Task Gives_arguments_their_values_and_defaults(string arguments, string echo)
        => Assert.Equal($$$"""{"data":{"echo":"{{{echo}}}"}}""", await LibraryRequest.AskAsync($$"""{ echo{{arguments}} }"""));

    [Fact]
    public async Task Makes_lists_sets_and_one_of_records() => Assert.Equal(
        """{"data":{"sets":"a|b 1||3 NonFiction|Poetry Pick { Number = , Name = n }"}}""",
        await LibraryRequest.AskAsync(
            "query ($genres: [Genre!]!) { sets(set: [\"a\", \"b\", \"a\"], list: [1, null, 3], genres: $genres, pick: {name: \"n\"}) }",
            """{"genres": ["NON_FICTION", "poems"]}"""));

    [Fact]
    public async Task Makes_records_of_input_objects() => Assert.Equal(
        """{"data":{"books":[{"title":"Dune"},{"title":"BookFilter { Title = t, Genre = Poetry, Years = System.Int32[], Tags = System.String[], Note = Optional { HasValue = False, Value =  }, Limit = 7, Or = BookFilter { Title = , Genre = Novel, Years = System.Int32[], Tags = , Note = Optional { HasValue = True, Value = n }, Limit = , Or =  } }  1+2"}]}}""",
        await LibraryRequest.AskAsync(
            "query ($filter: BookFilter) { books(filter: $filter) { title } }",
            """{"filter": {"title": "t", "genre": "poems", "years": 1, "or": {"years": [], "tags": null, "note": "n", "limit": null}}}"""));

    [Fact]
    public async Task Awaits_what_comes_later() => Assert.Equal(
        """{"data":{"later":"soonFalse"}}""", await LibraryRequest.AskAsync("""{ later(text: "soon") }"""));

    [Fact]
    public async Task Takes_services_from_where_they_live()
    {
        var schema = LibraryRequest.Schema();
        var reader = new Reader("Ada");

        Assert.Equal("""{"data":{"services":"3 0 Ada services"}}""", await LibraryRequest.AskAsync("{ services }", caller: reader, schema: schema));
        Assert.Equal("""{"data":{"services":"4 0 Ada services"}}""", await LibraryRequest.AskAsync("{ services }", caller: reader, schema: schema));
    }

    [Fact]
    public async Task Gives_a_nullable_parameter_null_where_nobody_calls()
        => Assert.Equal("""{"data":{"whoever":null}}""", await LibraryRequest.AskAsync("{ whoever }"));

    [Fact]
    public async Task Fails_a_field_that_needs_a_caller_where_nobody_calls()
        => Assert.StartsWith("""{"errors":[{"message":""", await LibraryRequest.AskAsync("{ services }"), StringComparison.Ordinal);

    [Fact]
    public async Task Collects_the_keys_of_loaders() => Assert.Equal(
        """{"data":{"books":[{"batched":"1 at once"},{"batched":"1 at once"}]}}""", await LibraryRequest.AskAsync("{ books { batched } }"));

    [Fact]
    public async Task Runs_policies_in_the_order_written_around_methods_and_properties()
    {
        Assert.Equal("""{"data":{"guarded":"outer(inner(x of guarded) of guarded)"}}""", await LibraryRequest.AskAsync("{ guarded }"));
        Assert.Equal("""{"data":{"books":[{"drawer":null},{"drawer":null}]}}""", await LibraryRequest.AskAsync("{ books { drawer } }"));
    }

    [Fact]
    public async Task Binds_lists_of_ids() => Assert.Equal(
        """{"data":{"all":["01980000-0000-7000-8000-000000000001"],"some":["01980000-0000-7000-8000-000000000002"]}}""",
        await LibraryRequest.AskAsync("""{ all: ids some: ids(only: "01980000-0000-7000-8000-000000000002") }"""));

    [Fact]
    public async Task Runs_mutations()
        => Assert.Equal("""{"data":{"add":{"title":"Emma"}}}""", await LibraryRequest.AskAsync("""mutation { add(title: "Emma") { title } }"""));

    [Fact]
    public void Keeps_fields_pure_that_follow_from_their_parent_alone()
    {
        var book = LibraryRequest.Schema().Types["Book"];
        var fields = Assert.IsType<GraphQL.Types.ObjectType>(book).Fields.Values;

        Assert.Equal(
            ["drawer", "sold", "batched"],
            fields.Where(f => f.Resolver is not PureResolver).Select(f => f.Name));
    }

    [Fact]
    public void Marks_query_fields_with_side_effects()
        => Assert.Equal(
            ["renamed"],
            LibraryRequest.Schema().QueryType!.Fields.Values.Where(f => f.Resolver is DelegateResolver { HasSideEffects: true }).Select(f => f.Name));

    [Theory]
    [InlineData("sold", new[] { "5", "6" })]
    [InlineData("titles", new[] { "Dune" })]
    public async Task Gives_subscriptions_as_streams(string name, string[] events)
    {
        var field = LibraryRequest.Schema().SubscriptionType!.Fields[name];
        var source = await Assert.IsType<DelegateResolver>(field.Resolver).Resolve(new FieldWith(5));

        var seen = new List<string?>();

        await foreach (var element in Assert.IsType<IAsyncEnumerable<object?>>(source, exactMatch: false))
        {
            seen.Add(element?.ToString());
        }

        Assert.Equal(events, seen);
    }

    [Fact]
    public async Task Guards_subscriptions_by_their_policies()
    {
        var executor = new GraphQLExecutor(LibraryRequest.Schema());
        var subscribed = await Subscribed.To(
            executor, GraphQLRequest.For("subscription { secrets }"), new LibraryRequest(null, TestContext.Current.CancellationToken));

        Assert.Equal(
            """{"errors":[{"message":"Closed.","locations":[{"line":1,"column":16}],"path":["secrets"],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
            subscribed.Text);
    }

    [Fact]
    public async Task Gives_a_response_for_each_element_of_a_stream_of_structs()
    {
        await using var subscribed = await Subscribed.To(LibraryRequest.Schema(), "subscription { sold(from: 3) }");
        Assert.Equal(["""{"data":{"sold":3}}""", """{"data":{"sold":4}}"""], await subscribed.AllAsync());
    }

    private sealed class FieldWith(params object?[] arguments) : ResolverContext
    {
        public override object? Parent => null;

        public override GraphQL.Types.FieldDefinition Field => throw new NotSupportedException();

        public override object?[] Arguments { get; } = arguments;

        public override Selection Selection => throw new NotSupportedException();

        public override RequestContext Request => throw new NotSupportedException();

        public override CancellationToken CancellationToken => default;
    }
}
