using Apc.GraphQL.Types.Resolvers;

namespace Apc.Benchmarks.Engine;

/// <summary>A request of nobody, without services.</summary>
internal sealed class EngineRequest : RequestContext, IServiceProvider
{
    public override IServiceProvider Services => this;

    public override object? Caller => null;

    public override CancellationToken CancellationToken => default;

    public object? GetService(Type serviceType) => null;
}
