using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.CodeFirst;

/// <summary>A request to the library, and the library's schema.</summary>
internal sealed class LibraryRequest(object? caller, CancellationToken cancellationToken) : RequestContext, IServiceProvider
{
    private readonly Visit _visit = new();

    public override IServiceProvider Services => this;

    public override object? Caller => caller;

    public override CancellationToken CancellationToken => cancellationToken;

    public object? GetService(Type serviceType)
        => serviceType == typeof(Visit) ? _visit
            : serviceType == typeof(Shelf) ? new Shelf()
            : serviceType == typeof(TitleLoader) ? new TitleLoader()
            : null;

    public static Schema Schema() => Builder()
        .AddType(typeof(BookQueries))
        .AddType(typeof(BookMutations))
        .AddType(typeof(BookEvents))
        .AddType(typeof(BookType))
        .Build();

    public static SchemaBuilder Builder() => SchemaBuilder.New()
        .Caller(typeof(Reader))
        .Services(type => type == typeof(Shelf) ? ServiceKind.Singleton : type == typeof(Visit) ? ServiceKind.Scoped : ServiceKind.None);

    public static async Task<string> AskAsync(string document, string? variables = null, object? caller = null, Schema? schema = null)
        => (await Run.Async(
            new(schema ?? Schema()),
            GraphQL.Execution.Pipeline.GraphQLRequest.For(document, variables),
            new LibraryRequest(caller, TestContext.Current.CancellationToken))).Text;
}
