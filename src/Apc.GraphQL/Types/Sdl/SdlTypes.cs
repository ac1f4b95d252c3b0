using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Types.Sdl;

/// <summary>Turns checked definitions into types. Fields are made when they are first read, when every type exists.</summary>
internal sealed class SdlTypes
{
    private readonly SdlDefinitions _definitions;
    private readonly Dictionary<string, NamedType> _types;

    public SdlTypes(SdlDefinitions definitions)
    {
        _definitions = definitions;
        _types = new(StringComparer.Ordinal);

        foreach (var node in definitions.Types)
        {
            // A document may define the built-in scalars; they stay what they are.
            _types.Add(node.Name.Value, BuiltInScalars.Find(node.Name.Value) ?? TypeOf(node));
        }

        All = [.. definitions.Types.Select(t => _types[t.Name.Value])];
    }

    public IReadOnlyList<NamedType> All { get; }

    public ObjectType? Root(OperationType operation)
    {
        if (_definitions.Schema is null && _types.TryGetValue(operation.ToString(), out var byName) && byName is ObjectType root)
        {
            return root;
        }

        return _definitions.OperationTypes.FirstOrDefault(o => o.Operation == operation) is { } definition
            ? (ObjectType)Find(definition.Type)
            : null;
    }

    /// <summary>The document's directives in their order, and those built-in ones that it does not define itself.</summary>
    public IEnumerable<DirectiveDefinition> Directives()
    {
        var defined = _definitions.Directives.Select(DirectiveOf).ToList();
        return [.. defined, .. BuiltInDirectives.All.Where(b => defined.All(d => d.Name != b.Name))];
    }

    private NamedType TypeOf(TypeDefinitionNode node)
    {
        var name = node.Name.Value;
        var description = node.Description?.Value;

        return node.Kind switch
        {
            SyntaxKind.ScalarTypeDefinition => new UntypedScalar(name, description, SpecifiedBy(node)),
            SyntaxKind.ObjectTypeDefinition => new ObjectType(name, () => FieldsOf(node), description, () => InterfacesOf(node)),
            SyntaxKind.InterfaceTypeDefinition => new InterfaceType(name, () => FieldsOf(node), description, () => InterfacesOf(node)),
            SyntaxKind.UnionTypeDefinition
                => new UnionType(name, () => _definitions.MembersOf(node).Select(Find).Cast<ObjectType>(), description),
            SyntaxKind.EnumTypeDefinition => new EnumType(name, _definitions.ValuesOf(node).Select(ValueOf), description),
            _ => new InputObjectType(
                name, () => _definitions.InputFieldsOf(node).Select(InputValueOf), description, isOneOf: HasDirective(node, "oneOf")),
        };
    }

    private IEnumerable<FieldDefinition> FieldsOf(TypeDefinitionNode node) => _definitions.FieldsOf(node).Select(FieldOf);

    private IEnumerable<InterfaceType> InterfacesOf(TypeDefinitionNode node)
        => _definitions.InterfacesOf(node).Select(Find).Cast<InterfaceType>();

    private FieldDefinition FieldOf(FieldDefinitionNode node) => new(node.Name.Value, TypeOf(node.Type))
    {
        Description = node.Description?.Value,
        Arguments = [.. node.Arguments.Select(InputValueOf)],
        DeprecationReason = DeprecationReason(node.Directives),
    };

    private InputValueDefinition InputValueOf(InputValueDefinitionNode node) => new(node.Name.Value, TypeOf(node.Type))
    {
        Description = node.Description?.Value,
        DefaultValue = node.DefaultValue,
        DeprecationReason = DeprecationReason(node.Directives),
    };

    private static EnumValueDefinition ValueOf(EnumValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        DeprecationReason = DeprecationReason(node.Directives),
    };

    private DirectiveDefinition DirectiveOf(DirectiveDefinitionNode node)
        => new(node.Name.Value, [.. node.Locations.Select(l => DirectiveLocations.Parse(l.Value))])
        {
            Description = node.Description?.Value,
            Arguments = [.. node.Arguments.Select(InputValueOf)],
            IsRepeatable = node.IsRepeatable,
        };

    private GraphQLType TypeOf(TypeNode reference) => TypeReferences.Resolve(reference, Find);

    private NamedType Find(NamedTypeNode reference) => Find(reference.Name.Value);

    private NamedType Find(string name) => _types.TryGetValue(name, out var type) ? type : BuiltInScalars.Find(name)!;

    private bool HasDirective(TypeDefinitionNode node, string name) => _definitions.DirectivesOf(node).Any(d => d.Name.Value == name);

    private string? SpecifiedBy(TypeDefinitionNode node)
        => ArgumentOf(_definitions.DirectivesOf(node).LastOrDefault(d => d.Name.Value == "specifiedBy"), "url");

    private static string? DeprecationReason(IReadOnlyList<DirectiveNode> directives)
        => directives.FirstOrDefault(d => d.Name.Value == "deprecated") is { } directive
            ? ArgumentOf(directive, "reason") ?? BuiltInDirectives.DefaultDeprecationReason
            : null;

    private static string? ArgumentOf(DirectiveNode? directive, string name)
        => (directive?.Arguments.FirstOrDefault(a => a.Name.Value == name)?.Value as StringValueNode)?.Value;
}
