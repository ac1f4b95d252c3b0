using System.Linq.Expressions;
using System.Reflection;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// A pure field: a property, or a static method whose only parameter is the parent. The typed getter is made when the field is first
/// selected.
/// </summary>
internal sealed class ClrGetter(Type parent, MethodInfo getter) : PureResolver
{
    private PureResolver? _typed;

    private PureResolver Typed => _typed ??= Make();

    public override object? Resolve(object parent) => Typed.Resolve(parent);

    public override TResult Accept<TResult>(IPureResolverVisitor<TResult> visitor) => Typed.Accept(visitor);

    private PureResolver Make()
    {
        var types = new[] { parent, getter.ReturnType };
        var function = typeof(Func<,>).MakeGenericType(types);

        // A getter of a struct takes its parent by reference; a Func cannot.
        var typed = parent.IsValueType ? CompileGetter(function) : getter.CreateDelegate(function);
        return (PureResolver)Activator.CreateInstance(typeof(PureResolver<,>).MakeGenericType(types), typed)!;
    }

    private Delegate CompileGetter(Type function)
    {
        var parameter = Expression.Parameter(parent);
        var call = getter.IsStatic ? Expression.Call(getter, parameter) : Expression.Call(parameter, getter);
        return Expression.Lambda(function, call, parameter).Compile();
    }
}
