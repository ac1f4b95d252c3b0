using System.Linq.Expressions;
using System.Reflection;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>A property, or a static method of the parent alone, as a pure field. The typed getter is made when the field is first selected.</summary>
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

        // A getter of a struct takes its parent by reference, which a Func does not.
        var typed = parent.IsValueType ? CompileGetter(function) : getter.CreateDelegate(function);
        return (PureResolver)Activator.CreateInstance(typeof(PureResolver<,>).MakeGenericType(types), typed)!;
    }

    private Delegate CompileGetter(Type function)
    {
        var parameter = Expression.Parameter(parent);
        return Expression.Lambda(
            function, getter.IsStatic ? Expression.Call(getter, parameter) : Expression.Call(parameter, getter), parameter).Compile();
    }
}
