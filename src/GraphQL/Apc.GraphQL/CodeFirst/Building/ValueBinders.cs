using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Makes the functions that convert coerced values to the types of C# parameters and properties.</summary>
internal sealed class ValueBinders(ScalarBindings scalars)
{
    /// <summary>For a parameter or property of this shape.</summary>
    public Func<object?, object?> For(TypeShape shape, Fallback fallback)
    {
        var bind = ForValue(shape);
        var absent = fallback.Value;
        return value => value switch
        {
            null => null,
            Absent => absent,
            _ => bind(value),
        };
    }

    /// <summary>For an <see cref="Optional{T}"/> of this shape.</summary>
    public Func<object?, object?> OptionalFor(Type optional, TypeShape shape)
    {
        var make = (IOptionalMaker)Activator.CreateInstance(typeof(OptionalMaker<>).MakeGenericType(optional.GetGenericArguments()))!;
        var bind = ForValue(shape);
        return value => value switch
        {
            Absent => make.Absent,
            null => make.Of(null),
            _ => make.Of(bind(value)),
        };
    }

    private Func<object, object> ForValue(TypeShape shape)
    {
        if (shape.Element is { } element)
        {
            return ForList(shape.Type, element);
        }

        return scalars.ConversionTo(shape.Type) ?? (value => Conversions.To(shape.Type, value));
    }

    private Func<object, object> ForList(Type type, TypeShape element)
    {
        var elementType = element.IsNullable && element.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(element.Type) : element.Type;
        var make = (IListMaker)Activator.CreateInstance(typeof(ListMaker<>).MakeGenericType(elementType))!;
        var bind = For(element, Fallback.Null);
        return value => value is object?[] elements ? make.Make(type, elements, bind) : Conversions.To(type, value);
    }

    private interface IOptionalMaker
    {
        object Absent { get; }

        object Of(object? value);
    }

    private interface IListMaker
    {
        object Make(Type type, object?[] elements, Func<object?, object?> bind);
    }

    private sealed class OptionalMaker<T> : IOptionalMaker
    {
        public object Absent { get; } = default(Optional<T>);

        public object Of(object? value) => new Optional<T>((T?)value);
    }

    private sealed class ListMaker<T> : IListMaker
    {
        public object Make(Type type, object?[] elements, Func<object?, object?> bind)
        {
            var typed = new T[elements.Length];

            for (var i = 0; i < elements.Length; i++)
            {
                typed[i] = (T)bind(elements[i])!;
            }

            // An array serves every list interface; a parameter may also be a list or a set.
            return type.IsAssignableFrom(typeof(T[])) ? typed
                : type.IsAssignableFrom(typeof(List<T>)) ? new List<T>(typed)
                : type.IsAssignableFrom(typeof(HashSet<T>)) ? new HashSet<T>(typed)
                : throw new InvalidOperationException($"A list cannot become a {Display.Of(type)}.");
        }
    }
}
