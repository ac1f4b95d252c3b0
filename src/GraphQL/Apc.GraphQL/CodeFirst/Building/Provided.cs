using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Gets parameter values from the request; called by compiled resolvers.</summary>
internal static class Provided
{
    public static T? Caller<T>(ResolverContext context, bool isNullable)
        where T : class
        => context.Request.Caller switch
        {
            T caller => caller,
            null when isNullable => null,
            var other => throw new InvalidOperationException(
                $"The field {context.Field.Name} needs a {typeof(T).Name}, but the caller is {other?.GetType().Name ?? "nobody"}."),
        };

    public static T Service<T>(ResolverContext context)
        where T : class
        => From<T>(context.Request.Services);

    public static T From<T>(IServiceProvider services)
        where T : class
        => (T?)services.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered as a service.");
}

/// <summary>A singleton service, looked up when it is first needed.</summary>
internal sealed class Singleton<T>(IServiceProvider? root)
    where T : class
{
    private T? _service;

    public T Get(ResolverContext context) => _service ??= Provided.From<T>(root ?? context.Request.Services);
}
