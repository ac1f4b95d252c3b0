using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Conformance.Introspection;

/// <summary>What a client knows of a schema: the schema that its answer to a query for everything describes.</summary>
internal sealed class ClientSchema
{
    /// <summary>Everything that introspection can tell.</summary>
    public const string Query =
        """
        query Everything {
          __schema {
            description
            queryType { name kind } mutationType { name kind } subscriptionType { name kind }
            types { ...Type }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
          }
        }
        fragment Type on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...Input } type { ...Reference } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Reference }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Reference }
        }
        fragment Input on __InputValue { name description type { ...Reference } defaultValue isDeprecated deprecationReason }
        fragment Reference on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        }
        """;

    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);

    private ClientSchema()
    {
    }

    /// <summary>Asks the schema about itself and builds the schema that the answer describes.</summary>
    public static async Task<Schema> Of(Schema schema)
    {
        var described = JsonElement.Parse(await Run.Async(schema, Query)).GetProperty("data").GetProperty("__schema");
        return new ClientSchema().Build(described);
    }

    private Schema Build(JsonElement described)
    {
        var types = described.GetProperty("types").EnumerateArray()
            .Where(t => !Name(t).StartsWith("__", StringComparison.Ordinal))
            .Select(TypeOf)
            .ToList();

        foreach (var type in types)
        {
            _types.Add(type.Name, type);
        }

        return new Schema(
            Root(described, "queryType"),
            Root(described, "mutationType"),
            Root(described, "subscriptionType"),
            types,
            described.GetProperty("directives").EnumerateArray().Select(d =>
                new DirectiveDefinition(Name(d), [.. d.GetProperty("locations").EnumerateArray().Select(l => DirectiveLocations.Parse(l.GetString()!))])
                {
                    Description = Text(d, "description"),
                    IsRepeatable = d.GetProperty("isRepeatable").GetBoolean(),
                    Arguments = [.. d.GetProperty("args").EnumerateArray().Select(Input)],
                }),
            Text(described, "description"));
    }

    private NamedType TypeOf(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "SCALAR" => BuiltInScalars.Find(Name(type)) ?? new UntypedScalar(Name(type), Text(type, "description"), Text(type, "specifiedByURL")),
        "OBJECT" => new ObjectType(Name(type), () => Fields(type), Text(type, "description"), () => Named<InterfaceType>(type, "interfaces")),
        "INTERFACE" => new InterfaceType(Name(type), () => Fields(type), Text(type, "description"), () => Named<InterfaceType>(type, "interfaces")),
        "UNION" => new UnionType(Name(type), () => Named<ObjectType>(type, "possibleTypes"), Text(type, "description")),
        "ENUM" => new EnumType(
            Name(type),
            type.GetProperty("enumValues").EnumerateArray().Select(v => new EnumValueDefinition(Name(v))
            {
                Description = Text(v, "description"),
                DeprecationReason = Reason(v),
            }),
            Text(type, "description")),
        _ => new InputObjectType(
            Name(type),
            () => type.GetProperty("inputFields").EnumerateArray().Select(Input),
            Text(type, "description"),
            type.GetProperty("isOneOf").GetBoolean()),
    };

    private IEnumerable<FieldDefinition> Fields(JsonElement type) => type.GetProperty("fields").EnumerateArray()
        .Select(f => new FieldDefinition(Name(f), Reference(f.GetProperty("type")))
        {
            Description = Text(f, "description"),
            Arguments = [.. f.GetProperty("args").EnumerateArray().Select(Input)],
            DeprecationReason = Reason(f),
        });

    private InputValueDefinition Input(JsonElement value) => new(Name(value), Reference(value.GetProperty("type")))
    {
        Description = Text(value, "description"),
        DefaultValue = Text(value, "defaultValue") is { } literal ? GraphQLParser.ParseValue(literal) : null,
        DeprecationReason = Reason(value),
    };

    private IEnumerable<T> Named<T>(JsonElement type, string member)
        where T : NamedType
        => type.GetProperty(member).EnumerateArray().Select(t => (T)_types[Name(t)]);

    private GraphQLType Reference(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "LIST" => new ListType(Reference(type.GetProperty("ofType"))),
        "NON_NULL" => new NonNullType(Reference(type.GetProperty("ofType"))),
        _ => _types[Name(type)],
    };

    private ObjectType? Root(JsonElement described, string member)
        => described.GetProperty(member) is { ValueKind: JsonValueKind.Object } root ? (ObjectType)_types[Name(root)] : null;

    private static string Name(JsonElement element) => element.GetProperty("name").GetString()!;

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static string? Reason(JsonElement element)
    {
        var reason = Text(element, "deprecationReason");
        Assert.Equal(reason is not null, element.GetProperty("isDeprecated").GetBoolean());
        return reason;
    }
}
