using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.Execution;

/// <summary>A request with these services.</summary>
internal sealed class TestRequest(CancellationToken cancellationToken = default, params object[] services) : RequestContext, IServiceProvider
{
    public override IServiceProvider Services => this;

    public override object? Caller { get; } = "tester";

    public override CancellationToken CancellationToken { get; } = cancellationToken;

    public object? GetService(Type serviceType) => services.FirstOrDefault(serviceType.IsInstanceOfType);
}
