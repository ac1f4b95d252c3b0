using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Types.Introspection.IntrospectionFields;

namespace Apc.GraphQL.Types.Introspection;

/// <summary>
/// The types of introspection, which are ordinary types over the definitions of a schema. They are made for each schema, because
/// <c>possibleTypes</c> needs it.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Introspection.Schema-Introspection-Schema</remarks>
internal sealed class IntrospectionTypes
{
    private readonly EnumType _typeKind = IntrospectionEnums.TypeKind();
    private readonly EnumType _directiveLocation = IntrospectionEnums.DirectiveLocation();
    private readonly ObjectType _field;
    private readonly ObjectType _inputValue;
    private readonly ObjectType _enumValue;
    private readonly ObjectType _directive;

    public IntrospectionTypes(Schema schema)
    {
        Schema = new ObjectType("__Schema", SchemaFields, "A schema: its types, its roots and its directives.");
        Type = new ObjectType("__Type", () => TypeFields(schema), "A type. Which of its fields are set depends on its `kind`.");
        _field = new ObjectType("__Field", FieldFields, "A field of an object or interface.");
        _inputValue = new ObjectType("__InputValue", InputValueFields, "An argument, or a field of an input object.");
        _enumValue = new ObjectType("__EnumValue", EnumValueFields, "A value of an enum.");
        _directive = new ObjectType("__Directive", DirectiveFields, "A directive that documents or schemas may use.");
    }

    public ObjectType Schema { get; }

    public ObjectType Type { get; }

    public IReadOnlySet<NamedType> All
        => new HashSet<NamedType> { Schema, Type, _field, _inputValue, _enumValue, _directive, _typeKind, _directiveLocation };

    private IEnumerable<FieldDefinition> SchemaFields() =>
    [
        Text<Schema>("description", schema => schema.Description),
        Pure<Schema, IEnumerable<NamedType>>(
            "types", ListOf(Type, required: true), schema => schema.Types.Values, "Every type of the service."),
        Pure<Schema, ObjectType?>("queryType", new NonNullType(Type), schema => schema.QueryType, "The root of queries."),
        Pure<Schema, ObjectType?>("mutationType", Type, schema => schema.MutationType, "The root of mutations, where there are any."),
        Pure<Schema, ObjectType?>(
            "subscriptionType", Type, schema => schema.SubscriptionType, "The root of subscriptions, where there are any."),
        Pure<Schema, IEnumerable<DirectiveDefinition>>(
            "directives", ListOf(_directive, required: true), schema => schema.Directives.Values, "Every directive of the service."),
    ];

    private IEnumerable<FieldDefinition> TypeFields(Schema schema) =>
    [
        Pure<GraphQLType, TypeKind>("kind", new NonNullType(_typeKind), TypeKinds.Of),
        Text<GraphQLType>("name", type => (type as NamedType)?.Name),
        Text<GraphQLType>("description", type => (type as NamedType)?.Description),
        Text<GraphQLType>("specifiedByURL", type => (type as ScalarType)?.SpecifiedBy, "For scalars only, and only where one is known."),
        WithoutDeprecated<GraphQLType, FieldDefinition>(
            "fields",
            ListOf(_field),
            type => (type as FieldedType)?.Fields.Values,
            f => f.DeprecationReason,
            "For objects and interfaces."),
        Pure<GraphQLType, IEnumerable<InterfaceType>?>(
            "interfaces", ListOf(Type), type => (type as FieldedType)?.Interfaces, "For objects and interfaces."),
        Pure<GraphQLType, IEnumerable<ObjectType>?>(
            "possibleTypes",
            ListOf(Type),
            type => type is InterfaceType or UnionType ? schema.PossibleTypes((CompositeType)type) : null,
            "For interfaces and unions."),
        WithoutDeprecated<GraphQLType, EnumValueDefinition>(
            "enumValues", ListOf(_enumValue), type => (type as EnumType)?.Values.Values, v => v.DeprecationReason, "For enums."),
        WithoutDeprecated<GraphQLType, InputValueDefinition>(
            "inputFields",
            ListOf(_inputValue),
            type => (type as InputObjectType)?.Fields.Values,
            f => f.DeprecationReason,
            "For input objects."),
        Pure<GraphQLType, GraphQLType?>("ofType", Type, TypeKinds.OfTypeOf, "For lists and non-nulls."),
        Pure<GraphQLType, bool?>("isOneOf", BuiltInScalars.Boolean, type => (type as InputObjectType)?.IsOneOf, "For input objects."),
    ];

    private IEnumerable<FieldDefinition> FieldFields() =>
    [
        Name<FieldDefinition>(field => field.Name),
        Text<FieldDefinition>("description", field => field.Description),
        WithoutDeprecated<FieldDefinition, InputValueDefinition>(
            "args", ListOf(_inputValue, required: true), field => field.Arguments, a => a.DeprecationReason),
        Pure<FieldDefinition, GraphQLType>("type", new NonNullType(Type), field => field.Type),
        .. Deprecation<FieldDefinition>(field => field.DeprecationReason),
    ];

    private IEnumerable<FieldDefinition> InputValueFields() =>
    [
        Name<InputValueDefinition>(value => value.Name),
        Text<InputValueDefinition>("description", value => value.Description),
        Pure<InputValueDefinition, GraphQLType>("type", new NonNullType(Type), value => value.Type),
        Text<InputValueDefinition>("defaultValue", DefaultOf, "The default as a literal."),
        .. Deprecation<InputValueDefinition>(value => value.DeprecationReason),
    ];

    private static IEnumerable<FieldDefinition> EnumValueFields() =>
    [
        Name<EnumValueDefinition>(value => value.Name),
        Text<EnumValueDefinition>("description", value => value.Description),
        .. Deprecation<EnumValueDefinition>(value => value.DeprecationReason),
    ];

    private IEnumerable<FieldDefinition> DirectiveFields() =>
    [
        Name<DirectiveDefinition>(directive => directive.Name),
        Text<DirectiveDefinition>("description", directive => directive.Description),
        Pure<DirectiveDefinition, bool>("isRepeatable", new NonNullType(BuiltInScalars.Boolean), directive => directive.IsRepeatable),
        Pure<DirectiveDefinition, IReadOnlyList<DirectiveLocation>>(
            "locations", ListOf(_directiveLocation, required: true), directive => directive.Locations),
        WithoutDeprecated<DirectiveDefinition, InputValueDefinition>(
            "args", ListOf(_inputValue, required: true), directive => directive.Arguments, a => a.DeprecationReason),
    ];
}
