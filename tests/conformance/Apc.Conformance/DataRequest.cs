using Apc.GraphQL.Types.Resolvers;

namespace Apc.Conformance;

/// <summary>One request, with the sum that its mutations keep.</summary>
internal sealed class DataRequest : RequestContext
{
    public long Sum { get; set; }

    public override IServiceProvider Services => throw new InvalidOperationException("There are no services.");

    public override object? Caller => null;

    public override CancellationToken CancellationToken => CancellationToken.None;
}
