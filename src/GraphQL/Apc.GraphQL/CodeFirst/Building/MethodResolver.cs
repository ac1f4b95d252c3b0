using System.Linq.Expressions;
using System.Reflection;
using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// A method as a resolver: a compiled call that takes each parameter from its source. It is compiled when the field is first resolved, so
/// that fields that are never requested do not slow down the start.
/// </summary>
internal sealed class MethodResolver(
    MethodInfo method, ResultKind result, IReadOnlyList<ResolverParameter> parameters, IServiceProvider? root)
{
    private static readonly ParameterExpression Context = Expression.Parameter(typeof(ResolverContext), "context");

    private FieldDelegate? _compiled;

    public ValueTask<object?> ResolveAsync(ResolverContext context) => (_compiled ??= Compile())(context);

    private FieldDelegate Compile()
    {
        var call = Expression.Call(method, parameters.Select(ValueOf));
        var wrapped = Expression.Call(typeof(Results), result.ToString(), [ResultType()], call);
        return Expression.Lambda<FieldDelegate>(wrapped, Context).Compile();
    }

    private Type ResultType() => result switch
    {
        ResultKind.Value => method.ReturnType,
        ResultKind.StreamTask => method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0],
        _ => method.ReturnType.GetGenericArguments()[0],
    };

    private Expression ValueOf(ResolverParameter parameter)
    {
        var type = parameter.Info.ParameterType;

        return parameter.Kind switch
        {
            ParameterKind.Parent => Expression.Convert(Expression.Property(Context, nameof(ResolverContext.Parent)), type),
            ParameterKind.CancellationToken => Expression.Property(Context, nameof(ResolverContext.CancellationToken)),
            ParameterKind.Selection => Expression.Property(Context, nameof(ResolverContext.Selection)),
            ParameterKind.Context => Context,
            ParameterKind.Caller => Expression.Call(
                typeof(Provided), nameof(Provided.Caller), [type], Context, Expression.Constant(IsNullable(parameter.Info))),
            ParameterKind.Loader => Expression.Call(
                typeof(DataLoaderExtensions), nameof(DataLoaderExtensions.Loader), [type], Context),
            ParameterKind.Singleton => Expression.Call(
                Expression.Constant(Activator.CreateInstance(typeof(Singleton<>).MakeGenericType(type), root)), "Get", null, Context),
            ParameterKind.Scoped => Expression.Call(typeof(Provided), nameof(Provided.Service), [type], Context),
            _ => Expression.Convert(
                Expression.ArrayIndex(
                    Expression.Property(Context, nameof(ResolverContext.Arguments)), Expression.Constant(parameter.ArgumentIndex)),
                type),
        };
    }

    private static bool IsNullable(ParameterInfo parameter)
        => new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
