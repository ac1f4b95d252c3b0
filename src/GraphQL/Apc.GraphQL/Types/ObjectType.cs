namespace Apc.GraphQL.Types;

/// <summary>A type with fields: an object or an interface.</summary>
public abstract class FieldedType : CompositeType
{
    private readonly Lazy<IReadOnlyDictionary<string, FieldDefinition>> _fields;
    private readonly Lazy<IReadOnlyList<InterfaceType>> _interfaces;

    private protected FieldedType(
        string name, string? description, Func<IEnumerable<FieldDefinition>> fields, Func<IEnumerable<InterfaceType>>? interfaces)
        : base(name, description)
    {
        _fields = new(() => OrderedByName.From(fields(), f => f.Name));
        _interfaces = new(() => interfaces is null ? [] : [.. interfaces()]);
    }

    /// <summary>
    /// The fields by name, in the order of definition. Evaluated at the first read, when all types that it refers to must exist.
    /// </summary>
    public IReadOnlyDictionary<string, FieldDefinition> Fields => _fields.Value;

    /// <summary>The interfaces that the type declares to implement, transitive ones included.</summary>
    public IReadOnlyList<InterfaceType> Interfaces => _interfaces.Value;

    /// <summary>Types that an SDL text names as interfaces of the type but are not; <see cref="SchemaValidator"/> reports them.</summary>
    internal Func<IEnumerable<NamedType>> NotInterfaces { get; init; } = static () => [];
}

/// <summary>An object type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Objects</remarks>
public sealed class ObjectType(
    string name,
    Func<IEnumerable<FieldDefinition>> fields,
    string? description = null,
    Func<IEnumerable<InterfaceType>>? interfaces = null,
    Type? clrType = null) : FieldedType(name, description, fields, interfaces)
{
    /// <summary>The class whose instances are values of this type; null if there is none.</summary>
    public Type? ClrType { get; } = clrType;
}

/// <summary>An interface type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Interfaces</remarks>
public sealed class InterfaceType(
    string name,
    Func<IEnumerable<FieldDefinition>> fields,
    string? description = null,
    Func<IEnumerable<InterfaceType>>? interfaces = null) : FieldedType(name, description, fields, interfaces);

/// <summary>A union type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Unions</remarks>
public sealed class UnionType(string name, Func<IEnumerable<ObjectType>> types, string? description = null)
    : CompositeType(name, description)
{
    private readonly Lazy<IReadOnlyList<ObjectType>> _types = new(() => [.. types()]);

    /// <summary>The member types.</summary>
    public IReadOnlyList<ObjectType> Types => _types.Value;

    /// <summary>Types that an SDL text names as members but are not object types; <see cref="SchemaValidator"/> reports them.</summary>
    internal Func<IEnumerable<NamedType>> NotObjects { get; init; } = static () => [];
}
