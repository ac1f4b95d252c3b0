namespace Apc.GraphQL.CodeFirst;

/// <summary>Marks a static class whose public static methods are root query fields.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>Marks a static class whose public static methods are root mutation fields.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>
/// Marks a static class whose public static methods are root subscription fields. They return an <see cref="IAsyncEnumerable{T}"/>: each
/// element is the field's value in one response.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>
/// Marks a static class that adds computed fields to the object type of <typeparamref name="T"/>. Its methods take the object as a
/// <see cref="ParentAttribute"/> parameter; a method named like a property replaces it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T> : Attribute;

/// <summary>
/// The C# interface or abstract class is an interface of the schema; its properties are the fields. If the schema uses the interface, the
/// classes of its assembly that derive from it implement it and belong to the schema too. An <see cref="ObjectTypeAttribute{T}"/> class for
/// the interface adds fields to all of them.
/// </summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class InterfaceTypeAttribute : Attribute;

/// <summary>The C# interface or abstract class is a union of the classes of its assembly that derive from it.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class UnionTypeAttribute : Attribute;

/// <summary>The parameter receives the object whose field is resolved.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>The name in the schema, in place of the C# name in camel case (for types: the C# name).</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string Name { get; } = name;
}

/// <summary>The member is not part of the schema.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>The field, argument, input field or enum value is deprecated.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDeprecatedAttribute(string reason) : Attribute
{
    /// <summary>Why, and what to use instead.</summary>
    public string Reason { get; } = reason;
}

/// <summary>
/// The type reference in SDL notation, such as <c>Uuid!</c> or <c>JSON</c>, in place of the type that follows from the C# type.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.ReturnValue)]
public sealed class GraphQLTypeAttribute(string type) : Attribute
{
    /// <summary>The reference, such as <c>[ID!]</c>.</summary>
    public string Type { get; } = type;
}

/// <summary>The default of an argument or input field in SDL notation, such as <c>25</c> or <c>[]</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class GraphQLDefaultAttribute(string literal) : Attribute
{
    /// <summary>The literal.</summary>
    public string Literal { get; } = literal;
}

/// <summary>
/// Marks an argument that says how many elements a list field returns, and gives the greatest number that the resolver accepts. The price
/// of the field counts no more elements than this.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MaxElementsAttribute(int elements) : Attribute
{
    /// <summary>The greatest number of elements.</summary>
    public int Elements { get; } = elements;
}

/// <summary>Exactly one field of the input record must be given, and its value is not null. All fields are nullable.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>The query field changes something, so it is refused over GET.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SideEffectsAttribute : Attribute;

/// <summary>Time allowed for operations that select this root field, if that is longer than the executor's time limit.</summary>
/// <param name="seconds">More than 0.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimeoutAttribute(double seconds) : Attribute
{
    /// <summary>The time.</summary>
    public TimeSpan Time { get; } = TimeSpan.FromSeconds(seconds);
}
