using System.Buffers;
using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.Types;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>A root field that changes something, and what of its arguments the audit trail shows.</summary>
/// <remarks>
/// Shown is what is known to be harmless: ids, if they are ids of ours; names, if they could be stored; numbers, switches and enum values. Everything
/// else is left out, so that an argument which is added later is not shown before somebody has thought of it.
/// </remarks>
public sealed class AuditedField
{
    // People read these, and a use case stores each of them in the open.
    private static readonly HashSet<string> Names =
        ["name", "newName", "label", "category", "role", "entityType", "provider"];

    private const int MaxTextLength = 255;
    private const int MaxElements = 50;

    private readonly FieldDefinition _field;
    private readonly int _entityArgument;

    /// <exception cref="InvalidOperationException">The field does not say what it does.</exception>
    public AuditedField(FieldDefinition field)
    {
        _field = field;
        Action = AuditedAction.Of(field) ?? throw new InvalidOperationException("A field that changes something needs [Audited], which says what it does.");
        _entityArgument = EntityArgument(field, Action.EntityType);
    }

    /// <summary>The field's name.</summary>
    public string Operation => _field.Name;

    /// <summary>What it does.</summary>
    public AuditedAction Action { get; }

    /// <summary>Id of the thing that it is about, where an argument names one.</summary>
    public Guid? EntityId(object?[] arguments) => _entityArgument < 0 ? null : IdIn(arguments[_entityArgument]);

    /// <summary>The arguments that may be shown, as a JSON object in UTF-8.</summary>
    public byte[] Variables(object?[] arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();

        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();

            for (var i = 0; i < arguments.Length; i++)
            {
                Write(json, _field.Arguments[i].Name, arguments[i]);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        if (value is IEnumerable elements and not string)
        {
            json.WriteStartArray(name);

            foreach (var element in elements.Cast<object?>().Take(MaxElements))
            {
                if (Shown(name, element) is { } shown)
                {
                    shown.WriteTo(json);
                }
            }

            json.WriteEndArray();
        }
        else if (Shown(name, value) is { } shown)
        {
            json.WritePropertyName(name);
            shown.WriteTo(json);
        }
    }

    /// <summary>Null where the value is not to be shown.</summary>
    private static JsonValue? Shown(string name, object? value) => value switch
    {
        _ when IdIn(value) is { } id => JsonValue.Create(id),
        string text when name == "email" => EmailAddress.Normalize(text) is { } address ? JsonValue.Create(address) : null,
        string text when Names.Contains(name) => PlainText.Normalize(text, MaxTextLength) is { } plain ? JsonValue.Create(plain) : null,
        int number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        Role role => JsonValue.Create(role.Name),
        ClusterStatus status => JsonValue.Create(EnumTexts.Of(status)),
        Enum other => JsonValue.Create(other.ToString()),
        _ => null,
    };

    /// <summary>An argument of an id accepts any text: only what is an id of ours is one.</summary>
    private static Guid? IdIn(object? value) => value switch
    {
        Uuid uuid => uuid.Id,
        Guid id => id,
        string text => new Uuid(text).Id,
        _ => null,
    };

    /// <summary>The argument that names the thing; -1 where none does.</summary>
    private static int EntityArgument(FieldDefinition field, string entityType)
    {
        foreach (var name in new[] { $"{entityType}Uuid", $"{entityType}Id", "id" })
        {
            for (var i = 0; i < field.Arguments.Count; i++)
            {
                if (field.Arguments[i].Name == name)
                {
                    return i;
                }
            }
        }

        return -1;
    }
}
