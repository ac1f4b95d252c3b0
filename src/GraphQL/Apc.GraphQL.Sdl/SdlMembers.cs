using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>Makes the members of types from definitions and extensions.</summary>
internal sealed class SdlMembers(Func<string, NamedType> find)
{
    public IEnumerable<NamedType> InterfacesOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.InterfacesOf).Select(reference => find(reference.Name.Value));

    public IEnumerable<NamedType> MembersOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.MembersOf).Select(reference => find(reference.Name.Value));

    public IEnumerable<FieldDefinition> FieldsOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.FieldsOf).Select(FieldOf);

    public IEnumerable<InputValueDefinition> InputFieldsOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.InputFieldsOf).Select(InputValueOf);

    public static IEnumerable<EnumValueDefinition> ValuesOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.ValuesOf).Select(node => new EnumValueDefinition(node.Name.Value)
        {
            Description = node.Description?.Value,
            DeprecationReason = DeprecationReason(node.Directives),
        });

    public DirectiveDefinition DirectiveOf(DirectiveDefinitionNode node)
        => new(node.Name.Value, [.. node.Locations.Select(l => DirectiveLocations.Parse(l.Value))])
        {
            Description = node.Description?.Value,
            Arguments = [.. node.Arguments.Select(InputValueOf)],
            IsRepeatable = node.IsRepeatable,
        };

    /// <summary>A copy of a directive with the new types of the same names.</summary>
    public DirectiveDefinition CopyOf(DirectiveDefinition directive) => new(directive.Name, directive.Locations)
    {
        Description = directive.Description,
        Arguments = [.. directive.Arguments.Select(CopyOf)],
        IsRepeatable = directive.IsRepeatable,
    };

    /// <summary>A copy of a field with the new types of the same names and the same resolver.</summary>
    public FieldDefinition CopyOf(FieldDefinition field) => new(field.Name, SameType(field.Type))
    {
        DescribedBy = () => field.Description,
        Arguments = [.. field.Arguments.Select(CopyOf)],
        DeprecationReason = field.DeprecationReason,
        Resolver = field.Resolver,
    };

    /// <summary>A copy of an argument or input field with the new type of the same name.</summary>
    public InputValueDefinition CopyOf(InputValueDefinition value) => new(value.Name, SameType(value.Type))
    {
        DescribedBy = () => value.Description,
        DefaultValue = value.DefaultValue,
        DeprecationReason = value.DeprecationReason,
        MaxElements = value.MaxElements,
        Bind = value.Bind,
    };

    /// <summary>The new type of the same name.</summary>
    public T Same<T>(T type)
        where T : NamedType
        => (T)find(type.Name);

    public static string? SpecifiedBy(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.DirectivesOf).LastOrDefault(d => d.Name.Value == "specifiedBy") is { } directive
            ? TextOf(directive, "url")
            : null;

    public static bool IsOneOf(IEnumerable<SyntaxNode> parts)
        => parts.SelectMany(SdlDefinitions.DirectivesOf).Any(d => d.Name.Value == "oneOf");

    private FieldDefinition FieldOf(FieldDefinitionNode node) => new(node.Name.Value, TypeReferences.Resolve(node.Type, find))
    {
        Description = node.Description?.Value,
        Arguments = [.. node.Arguments.Select(InputValueOf)],
        DeprecationReason = DeprecationReason(node.Directives),
    };

    private InputValueDefinition InputValueOf(InputValueDefinitionNode node)
        => new(node.Name.Value, TypeReferences.Resolve(node.Type, find))
        {
            Description = node.Description?.Value,
            DefaultValue = node.DefaultValue,
            DeprecationReason = DeprecationReason(node.Directives),
        };

    private GraphQLType SameType(GraphQLType type) => type switch
    {
        ListType list => new ListType(SameType(list.OfType)),
        NonNullType nonNull => new NonNullType(SameType(nonNull.OfType)),
        _ => find(((NamedType)type).Name),
    };

    private static string? DeprecationReason(IReadOnlyList<DirectiveNode> directives)
        => directives.FirstOrDefault(d => d.Name.Value == "deprecated") is { } directive
            ? TextOf(directive, "reason") ?? BuiltInDirectives.DefaultDeprecationReason
            : null;

    private static string? TextOf(DirectiveNode directive, string argument)
        => (directive.Arguments.FirstOrDefault(a => a.Name.Value == argument)?.Value as StringValueNode)?.Value;
}
