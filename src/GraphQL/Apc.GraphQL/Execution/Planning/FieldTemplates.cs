using System.Collections.Concurrent;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// The templates of a schema's fields, and the object types of C# types. Each executor has one; thread-safe.
/// </summary>
internal sealed class FieldTemplates(Schema schema)
{
    private readonly ConcurrentDictionary<ObjectType, TypeTemplates> _types = new();
    private readonly ConcurrentDictionary<(CompositeType Abstract, Type ClrType), ObjectType?> _objectTypes = new();

    public Schema Schema { get; } = schema;

    /// <summary>The templates of one type's fields.</summary>
    public TypeTemplates Of(ObjectType type)
        => _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, t => new TypeTemplates(t, Schema));

    /// <summary>
    /// ResolveAbstractType: the possible type with the value's class, else with the nearest base class, else with the only matching
    /// interface; null if no possible type matches.
    /// </summary>
    public ObjectType? ObjectTypeOf(CompositeType abstractType, Type clrType)
        => _objectTypes.TryGetValue((abstractType, clrType), out var known)
            ? known
            : _objectTypes.GetOrAdd((abstractType, clrType), FindObjectType);

    private ObjectType? FindObjectType((CompositeType Abstract, Type ClrType) key)
    {
        var possible = Schema.PossibleTypes(key.Abstract);

        for (var clrType = key.ClrType; clrType is not null && clrType != typeof(object); clrType = clrType.BaseType)
        {
            foreach (var type in possible)
            {
                if (type.ClrType == clrType)
                {
                    return type;
                }
            }
        }

        var byInterface = possible
            .Where(t => t.ClrType is { IsInterface: true } && t.ClrType.IsAssignableFrom(key.ClrType))
            .ToList();
        return byInterface is [var only] ? only : null;
    }
}

/// <summary>The templates of one type's fields, each made when the field is first selected.</summary>
internal sealed class TypeTemplates(ObjectType type, Schema schema)
{
    private readonly ConcurrentDictionary<string, FieldTemplate> _fields = new(StringComparer.Ordinal);

    public FieldTemplate Of(string fieldName)
        => _fields.TryGetValue(fieldName, out var known) ? known : _fields.GetOrAdd(fieldName, Make);

    private FieldTemplate Make(string fieldName) => new(
        type,
        schema.FindField(type, fieldName)
            ?? throw new InvalidOperationException($"Validation lets no field pass that {type} does not have."));
}
