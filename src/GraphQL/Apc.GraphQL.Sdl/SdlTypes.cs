using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Makes types from definitions that passed <see cref="SdlValidator"/>, and copies of the types of the extended schema. Fields are made
/// when they are first read, when all types exist.
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
            // A document may define the built-in scalars again; its definitions are ignored.
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
            return _extended.RootType(operation) is { } root ? Find(root.Name) : null;
        }

        return _definitions.Schema is null ? _types.GetValueOrDefault(operation.ToString()) : null;
    }

    /// <summary>The directives of the extended schema, then those of the document, then the missing built-in ones.</summary>
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
        IEnumerable<FieldDefinition> Fields() => _members.FieldsOf(parts);
        IEnumerable<InterfaceType> Interfaces() => _members.InterfacesOf(parts).OfType<InterfaceType>();
        IEnumerable<NamedType> NotInterfaces() => _members.InterfacesOf(parts).Where(t => t is not InterfaceType);

        return node.Kind switch
        {
            SyntaxKind.ScalarTypeDefinition => new UntypedScalar(name, description, SdlMembers.SpecifiedBy(parts)),
            SyntaxKind.ObjectTypeDefinition
                => new ObjectType(name, Fields, description, Interfaces) { NotInterfaces = NotInterfaces },
            SyntaxKind.InterfaceTypeDefinition
                => new InterfaceType(name, Fields, description, Interfaces) { NotInterfaces = NotInterfaces },
            SyntaxKind.UnionTypeDefinition => new UnionType(name, () => _members.MembersOf(parts).OfType<ObjectType>(), description)
            {
                NotObjects = () => _members.MembersOf(parts).Where(t => t is not ObjectType),
            },
            SyntaxKind.EnumTypeDefinition => new EnumType(name, SdlMembers.ValuesOf(parts), description),
            _ => new InputObjectType(name, () => _members.InputFieldsOf(parts), description, SdlMembers.IsOneOf(parts)),
        };
    }
}
