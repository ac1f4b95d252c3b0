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

/// <summary>A root field that changes something, and those of its arguments that the audit trail shows.</summary>
/// <remarks>
/// Shown are values known to be harmless: valid ids, names that could be stored, numbers, booleans and enum values. Everything else is left
/// out, so that an argument added later stays hidden until it is listed here.
/// </remarks>
public sealed class AuditedField
{
    // Arguments of free text that use cases store in readable form anyway.
    private static readonly HashSet<string> Names = ["name", "newName", "label", "category", "role", "entityType", "provider"];

    private const int MaxTextLength = 255;
    private const int MaxElements = 50;

    private readonly FieldDefinition _field;
    private readonly int _entityArgument;

    /// <exception cref="InvalidOperationException">The field has no <see cref="AuditedAttribute"/>.</exception>
    public AuditedField(FieldDefinition field)
    {
        _field = field;
        Action = AuditedAction.Of(field)
            ?? throw new InvalidOperationException("A field that changes something needs [Audited], which says what it does.");
        _entityArgument = EntityArgument(field, Action.EntityType);
    }

    public string Operation => _field.Name;

    public AuditedAction Action { get; }

    /// <summary>Id of the entity that the call is about; null if no argument names one.</summary>
    public Guid? EntityId(object?[] arguments) => _entityArgument < 0 ? null : IdIn(arguments[_entityArgument]);

    /// <summary>The arguments that may be shown, as a JSON object in UTF-8.</summary>
    public byte[] Variables(object?[] arguments)
    {
        var shown = new JsonObject();

        foreach (var (argument, value) in _field.Arguments.Zip(arguments))
        {
            if (ShownOrEach(argument.Name, value) is { } node)
            {
                shown[argument.Name] = node;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(shown);
    }

    private static JsonNode? ShownOrEach(string name, object? value)
        => value is IEnumerable elements and not string
            ? new JsonArray([.. elements.Cast<object?>().Take(MaxElements).Select(element => Shown(name, element)).OfType<JsonNode>()])
            : Shown(name, value);

    /// <summary>Null if the value must not be shown.</summary>
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

    /// <summary>Null for a text that is no UUID: arguments of ids accept any text.</summary>
    private static Guid? IdIn(object? value) => value switch
    {
        Uuid uuid => uuid.Id,
        Guid id => id,
        string text => new Uuid(text).Id,
        _ => null,
    };

    /// <summary>Index of the argument that names the entity; -1 if none does.</summary>
    private static int EntityArgument(FieldDefinition field, string entityType)
    {
        string[] names = [.. field.Arguments.Select(argument => argument.Name)];
        string[] candidates = [$"{entityType}Uuid", $"{entityType}Id", "id"];
        return candidates.Select(name => Array.IndexOf(names, name)).FirstOrDefault(i => i >= 0, -1);
    }
}

/// <summary>A field of the schema that changes something, while it runs.</summary>
/// <param name="Variables">Its allow-listed arguments, a JSON object in UTF-8.</param>
/// <param name="StartedAt">When it began, as a timestamp of the clock.</param>
public sealed record AuditedCall(AuditedField Field, byte[] Variables, long StartedAt)
{
    /// <summary>Whether a change of it is committed, even if the call fails later.</summary>
    public bool HasChanged { get; set; }
}
