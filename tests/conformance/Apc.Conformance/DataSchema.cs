using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.Conformance;

/// <summary>A schema written in SDL whose fields read their values from data.</summary>
internal sealed class DataSchema
{
    private readonly Schema _described;
    private readonly DataValues _data;
    private readonly ResolverStyle _style;
    private readonly Dictionary<string, NamedType> _types;

    private DataSchema(Schema described, DataValues data, ResolverStyle style)
    {
        _described = described;
        _data = data;
        _style = style;
        _types = described.Types.Values.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)).ToDictionary(type => type.Name, Copy);
    }

    public static Schema Build(string sdl, DataValues data, ResolverStyle style)
    {
        var described = SdlSchemaBuilder.FromSdl(sdl);
        SchemaValidator.ThrowIfInvalid(described);
        var copy = new DataSchema(described, data, style);
        return new Schema(
            copy.Root(described.QueryType),
            copy.Root(described.MutationType),
            copy.Root(described.SubscriptionType),
            copy._types.Values,
            described.Directives.Values,
            described.Description);
    }

    private ObjectType? Root(ObjectType? described) => described is null ? null : (ObjectType)_types[described.Name];

    // Scalars, enums and input objects refer to nothing that resolves and stay as they are.
    private NamedType Copy(NamedType type) => type switch
    {
        ObjectType described => new ObjectType(
            described.Name, () => FieldsOf(described), described.Description, () => InterfacesOf(described), DataObject.ClassOf(described.Name)),
        InterfaceType described => new InterfaceType(
            described.Name, () => FieldsOf(described), described.Description, () => InterfacesOf(described)),
        UnionType described => new UnionType(
            described.Name, () => described.Types.Select(member => (ObjectType)_types[member.Name]), described.Description),
        _ => type,
    };

    private IEnumerable<InterfaceType> InterfacesOf(FieldedType described) => described.Interfaces.Select(i => (InterfaceType)_types[i.Name]);

    private IEnumerable<FieldDefinition> FieldsOf(FieldedType described)
        => described.Fields.Values.Select(field => new FieldDefinition(field.Name, Copy(field.Type))
        {
            Description = field.Description,
            Arguments = field.Arguments,
            DeprecationReason = field.DeprecationReason,
            Resolver = described is ObjectType type ? ResolverOf(type, field) : null,
        });

    private GraphQLType Copy(GraphQLType type) => type switch
    {
        ListType list => new ListType(Copy(list.OfType)),
        NonNullType nonNull => new NonNullType(Copy(nonNull.OfType)),
        _ => _types[((NamedType)type).Name],
    };

    private FieldResolver ResolverOf(ObjectType type, FieldDefinition field)
    {
        if (type == _described.QueryType || type == _described.MutationType || type == _described.SubscriptionType)
        {
            var root = _data.Root(type.Name);
            return new DelegateResolver(context => ResolveAsync(root, context));
        }

        // A counter's sum is the request's, which no pure field knows.
        return _style is ResolverStyle.Pure && field.Arguments.Count == 0 && type.Name != "Counter"
            ? new PureResolver<DataObject, object?>(parent => _data.Of(parent, field, null))
            : new DelegateResolver(context => ResolveAsync((DataObject)context.Parent!, context));
    }

    private async ValueTask<object?> ResolveAsync(DataObject parent, ResolverContext context)
    {
        if (_style is ResolverStyle.Late)
        {
            await Task.Yield();
        }

        return _data.Of(parent, context.Field, context);
    }
}
