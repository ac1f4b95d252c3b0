using System.Collections.Concurrent;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The templates of a schema's fields, and the object types behind C# types. One for each executor; safe for many threads.</summary>
internal sealed class FieldTemplates(Schema schema)
{
    private readonly ConcurrentDictionary<(ObjectType Type, FieldDefinition Field), FieldTemplate> _templates = new();
    private readonly ConcurrentDictionary<(CompositeType Abstract, Type ClrType), ObjectType?> _objectTypes = new();

    public Schema Schema { get; } = schema;

    public FieldTemplate For(ObjectType type, FieldDefinition field)
        => _templates.TryGetValue((type, field), out var known)
            ? known
            : _templates.GetOrAdd((type, field), key => new FieldTemplate(key.Type, key.Field));

    /// <summary>
    /// ResolveAbstractType: the possible type whose class the value has, or else the nearest base class or the only interface;
    /// null where there is none.
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

        var byInterface = possible.Where(t => t.ClrType is { IsInterface: true } && t.ClrType.IsAssignableFrom(key.ClrType)).Take(2).ToList();
        return byInterface.Count == 1 ? byInterface[0] : null;
    }
}
