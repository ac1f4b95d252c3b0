using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Turns definitions that passed <see cref="SdlValidator"/> into types, beside copies of the types of the schema that is extended. Fields are
/// made when they are first read, when every type exists.
/// </summary>
internal sealed class SdlTypes
{
    private readonly SdlDefinitions _definitions;
    private readonly Schema? _extended;
    private readonly SdlMembers _members;
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly List<NamedType> _listed = [];

    public SdlTypes(SdlDefinitions definitions, Schema? extended)
    {
        _definitions = definitions;
        _extended = extended;
        _members = new SdlMembers(Find);
        var copies = new TypeCopies(definitions, _members);

        foreach (var type in extended?.Types.Values.Where(t => !extended.IsIntrospectionType(t)) ?? [])
        {
            Add(copies.CopyOf(type));
        }

        foreach (var node in definitions.Types)
        {
            // A document may define the built-in scalars; they stay what they are.
            Add(BuiltInScalars.Find(node.Name.Value) ?? TypeOf(node));
        }
    }

    public Schema Build() => new(
        Root(OperationType.Query) as ObjectType,
        Root(OperationType.Mutation) as ObjectType,
        Root(OperationType.Subscription) as ObjectType,
        _listed,
        Directives(),
        _definitions.Schema?.Description?.Value ?? _extended?.Description)
    {
        NotRoots =
        [
            .. Enum.GetValues<OperationType>()
                .Select(o => (Operation: o, Type: Root(o)!))
                .Where(r => r.Type is not null and not ObjectType),
        ],
    };

    private void Add(NamedType type)
    {
        _types.Add(type.Name, type);
        _listed.Add(type);
    }

    private NamedType Find(string name) => _types.TryGetValue(name, out var type) ? type : BuiltInScalars.Find(name)!;

    private NamedType? Root(OperationType operation)
    {
        if (_definitions.OperationTypes.FirstOrDefault(o => o.Operation == operation) is { } definition)
        {
            return Find(definition.Type.Name.Value);
        }

        if (_extended is not null)
        {
            return ExistingRoot(operation) is { } root ? Find(root.Name) : null;
        }

        return _definitions.Schema is null ? _types.GetValueOrDefault(operation.ToString()) : null;
    }

    private ObjectType? ExistingRoot(OperationType operation) => operation switch
    {
        OperationType.Query => _extended!.QueryType,
        OperationType.Mutation => _extended!.MutationType,
        _ => _extended!.SubscriptionType,
    };

    /// <summary>What the schema has, then the document's directives, then those built-in ones that are not yet among them.</summary>
    private IEnumerable<DirectiveDefinition> Directives()
    {
        List<DirectiveDefinition> defined =
        [
            .. _extended?.Directives.Values.Select(_members.CopyOf) ?? [],
            .. _definitions.Directives.Select(_members.DirectiveOf),
        ];
        return [.. defined, .. BuiltInDirectives.All.Where(b => defined.All(d => d.Name != b.Name))];
    }

    private NamedType TypeOf(TypeDefinitionNode node)
    {
        var name = node.Name.Value;
        var description = node.Description?.Value;
        var parts = _definitions.PartsOf(name);

        return node.Kind switch
        {
            SyntaxKind.ScalarTypeDefinition => new UntypedScalar(name, description, SdlMembers.SpecifiedBy(parts)),
            SyntaxKind.ObjectTypeDefinition
                => new ObjectType(name, () => _members.FieldsOf(parts), description, () => _members.InterfacesOf(parts).OfType<InterfaceType>())
                {
                    NotInterfaces = () => _members.InterfacesOf(parts).Where(t => t is not InterfaceType),
                },
            SyntaxKind.InterfaceTypeDefinition
                => new InterfaceType(name, () => _members.FieldsOf(parts), description, () => _members.InterfacesOf(parts).OfType<InterfaceType>())
                {
                    NotInterfaces = () => _members.InterfacesOf(parts).Where(t => t is not InterfaceType),
                },
            SyntaxKind.UnionTypeDefinition => new UnionType(name, () => _members.MembersOf(parts).OfType<ObjectType>(), description)
            {
                NotObjects = () => _members.MembersOf(parts).Where(t => t is not ObjectType),
            },
            SyntaxKind.EnumTypeDefinition => new EnumType(name, SdlMembers.ValuesOf(parts), description),
            _ => new InputObjectType(name, () => _members.InputFieldsOf(parts), description, SdlMembers.IsOneOf(parts)),
        };
    }
}
