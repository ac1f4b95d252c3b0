using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Introspection;

namespace Apc.GraphQL.Types;

/// <summary>A schema: the root types, every type that can be reached from them, and the directives.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema</remarks>
public sealed class Schema
{
    private readonly OrderedByName<NamedType> _types;
    private readonly OrderedByName<DirectiveDefinition> _directives;
    private readonly Dictionary<string, List<ObjectType>> _possibleTypes = new(StringComparer.Ordinal);

    private readonly MetaFields _metaFields;

    /// <summary>
    /// Collects the types that can be reached from the roots, the directives and <paramref name="types"/>, and the types of introspection.
    /// Does not check the rules: <see cref="SchemaValidator"/> does.
    /// </summary>
    /// <param name="query">The root of queries.</param>
    /// <param name="mutation">The root of mutations.</param>
    /// <param name="subscription">The root of subscriptions.</param>
    /// <param name="types">Types in the order in which the schema lists them; others follow the first type that refers to them.</param>
    /// <param name="directives">All directives; null for the built-in ones.</param>
    /// <param name="description">The schema's own description.</param>
    public Schema(
        ObjectType? query,
        ObjectType? mutation = null,
        ObjectType? subscription = null,
        IEnumerable<NamedType>? types = null,
        IEnumerable<DirectiveDefinition>? directives = null,
        string? description = null)
    {
        QueryType = query;
        MutationType = mutation;
        SubscriptionType = subscription;
        Description = description;
        _directives = OrderedByName.From(directives ?? BuiltInDirectives.All, d => d.Name);
        _metaFields = new MetaFields(this);
        _types = OrderedByName.From(TypeCollector.Collect(this, [.. types ?? []], _metaFields.Schema.Type.Named), t => t.Name);

        foreach (var type in _types.Values)
        {
            CollectPossibleTypes(type);
        }
    }

    /// <summary>Null only in an invalid schema.</summary>
    public ObjectType? QueryType { get; }

    /// <summary>Null if the service has no mutations.</summary>
    public ObjectType? MutationType { get; }

    /// <summary>Null if the service has no subscriptions.</summary>
    public ObjectType? SubscriptionType { get; }

    /// <summary>Null if there is none.</summary>
    public string? Description { get; }

    /// <summary>The root type for operations of this kind; null if the schema has none.</summary>
    internal ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>Types that an SDL text names as roots but are not object types; <see cref="SchemaValidator"/> reports them.</summary>
    internal IReadOnlyList<(OperationType Operation, NamedType Type)> NotRoots { get; init; } = [];

    /// <summary>All named types by name, including built-in ones and those of introspection.</summary>
    public IReadOnlyDictionary<string, NamedType> Types => _types;

    /// <summary>The directives by name.</summary>
    public IReadOnlyDictionary<string, DirectiveDefinition> Directives => _directives;

    /// <summary>The type of this name, or null.</summary>
    public NamedType? FindType(string name) => _types.TryGetValue(name, out var type) ? type : null;

    /// <summary>The directive of this name, or null.</summary>
    public DirectiveDefinition? FindDirective(string name) => _directives.TryGetValue(name, out var directive) ? directive : null;

    /// <summary>The field of this name in the type, including <c>__typename</c>, <c>__schema</c> and <c>__type</c>; or null.</summary>
    public FieldDefinition? FindField(CompositeType parent, string name)
    {
        if (parent is FieldedType fielded && fielded.Fields.TryGetValue(name, out var field))
        {
            return field;
        }

        return name switch
        {
            "__typename" => MetaFields.TypeName,
            "__schema" when parent == QueryType => _metaFields.Schema,
            "__type" when parent == QueryType => _metaFields.Type,
            _ => null,
        };
    }

    /// <summary>The object types that a value of this type may have: itself, a union's members, an interface's implementations.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes(CompositeType type)
        => _possibleTypes.TryGetValue(type.Name, out var types) ? types : [];

    /// <summary>
    /// True if a value of <paramref name="type"/> may be of the object type <paramref name="possible"/>, or if the interface
    /// <paramref name="possible"/> implements <paramref name="type"/>.
    /// </summary>
    public bool IsSubType(CompositeType type, CompositeType possible) => possible switch
    {
        ObjectType objectType => PossibleTypes(type).Contains(objectType),
        InterfaceType interfaceType when type is InterfaceType super => interfaceType.Interfaces.Contains(super),
        _ => false,
    };

    /// <summary>True for the types behind <c>__schema</c> and <c>__type</c>, to which the rules for names do not apply.</summary>
    internal bool IsIntrospectionType(NamedType type) => _metaFields.Types.Contains(type);

    private void CollectPossibleTypes(NamedType type)
    {
        switch (type)
        {
            case UnionType union:
                PossibleTypesOf(union.Name).AddRange(union.Types);
                break;
            case ObjectType objectType:
                PossibleTypesOf(objectType.Name).Add(objectType);

                foreach (var implemented in objectType.Interfaces)
                {
                    PossibleTypesOf(implemented.Name).Add(objectType);
                }

                break;
        }
    }

    private List<ObjectType> PossibleTypesOf(string name)
    {
        if (!_possibleTypes.TryGetValue(name, out var types))
        {
            _possibleTypes.Add(name, types = []);
        }

        return types;
    }
}
