using System.Reflection;
using Apc.GraphQL.CodeFirst.Building;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst;

/// <summary>
/// Builds a schema from marked classes. Everything that cannot be mapped is reported at once by <see cref="Build"/>, with class, method and
/// parameter. Not thread-safe.
/// </summary>
public sealed class SchemaBuilder
{
    private readonly List<Type> _types = [];
    private readonly ScalarBindings _scalars = new();
    private readonly Dictionary<Type, EnumType> _enums = [];
    private readonly ServiceBindings _services = new();
    private readonly List<DirectiveDefinition> _directives = [];
    private Func<FieldDefinition, FieldDelegate, FieldDelegate>? _aroundChanges;
    private string? _description;
    private bool _sortsRootFields;

    private SchemaBuilder()
    {
    }

    /// <summary>
    /// A builder without classes. It knows the scalars that C# types suggest: Int, Float, String, Boolean, ID for <see cref="Guid"/>,
    /// DateTime, JSON.
    /// </summary>
    public static SchemaBuilder New() => new();

    /// <summary>Adds every marked class of an assembly, in the order of their full names.</summary>
    public SchemaBuilder AddTypesFrom(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        _types.AddRange(assembly.GetTypes().Where(Markers.IsMarked).OrderBy(t => t.FullName, StringComparer.Ordinal));
        return this;
    }

    /// <summary>
    /// Adds one class: a root class, an <see cref="ObjectTypeAttribute{T}"/> class, or a C# type that belongs to the schema even if nothing
    /// refers to it.
    /// </summary>
    public SchemaBuilder AddType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _types.Add(type);
        return this;
    }

    /// <summary>
    /// Binds a C# type to a scalar, in place of an earlier binding. Arguments of the type receive the result of the scalar's <c>Parse…</c>
    /// methods. If that is of another type, <paramref name="fromCoerced"/> converts it.
    /// </summary>
    public SchemaBuilder AddScalar(Type type, ScalarType scalar, Func<object, object>? fromCoerced = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(scalar);
        _scalars.Bind(type, scalar, fromCoerced);
        return this;
    }

    /// <summary>Adds a scalar that <see cref="GraphQLTypeAttribute"/> can refer to by name.</summary>
    public SchemaBuilder AddScalar(ScalarType scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        _scalars.Add(scalar);
        return this;
    }

    /// <summary>
    /// Binds a C# class to an enum whose values are known only when the schema is built. Fields and arguments of the class hold the objects
    /// of the enum's values.
    /// </summary>
    public SchemaBuilder AddEnum(Type type, EnumType enumType)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(enumType);
        _enums[type] = enumType;
        return this;
    }

    /// <summary>
    /// Defines which types are services. Singletons come from <paramref name="root"/>, or if it is null from the services of the first
    /// request that needs them.
    /// </summary>
    public SchemaBuilder Services(Func<Type, ServiceKind> kindOf, IServiceProvider? root = null)
    {
        ArgumentNullException.ThrowIfNull(kindOf);
        _services.KindOf = kindOf;
        _services.Root = root;
        return this;
    }

    /// <summary>
    /// Adds a type of <c>RequestContext.Caller</c>: parameters of this type receive the caller. If the caller is null, a nullable parameter
    /// receives null and any other parameter is an error.
    /// </summary>
    public SchemaBuilder Caller(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _services.Callers.Add(type);
        return this;
    }

    /// <summary>
    /// Wraps the resolver of each field that changes something: the fields of the mutation type, and query fields with
    /// <see cref="SideEffectsAttribute"/>. The wrapper runs outside the field's policies. Called once for each field while the schema is
    /// built.
    /// </summary>
    public SchemaBuilder AroundChanges(Func<FieldDefinition, FieldDelegate, FieldDelegate> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        _aroundChanges = wrap;
        return this;
    }

    /// <summary>Adds a directive that documents may use, in addition to the built-in ones.</summary>
    public SchemaBuilder AddDirective(DirectiveDefinition directive)
    {
        ArgumentNullException.ThrowIfNull(directive);
        _directives.Add(directive);
        return this;
    }

    /// <summary>
    /// Lists the fields of the root types by name. Without it they are listed in the order in which the classes were added and the methods
    /// written.
    /// </summary>
    public SchemaBuilder SortRootFields()
    {
        _sortsRootFields = true;
        return this;
    }

    /// <summary>The schema's own description.</summary>
    public SchemaBuilder Description(string description)
    {
        _description = description;
        return this;
    }

    /// <summary>The schema, valid by every rule of chapter 3.</summary>
    /// <exception cref="SchemaException">Something cannot be mapped or breaks a rule; the exception lists everything.</exception>
    public Schema Build()
    {
        var problems = new List<string>();
        var types = new ClrTypes(_types, _scalars, _enums, _services, _aroundChanges, problems);
        var query = types.Root<QueryTypeAttribute>("Query", _sortsRootFields);
        var mutation = types.Root<MutationTypeAttribute>("Mutation", _sortsRootFields);
        var subscription = types.Root<SubscriptionTypeAttribute>("Subscription", _sortsRootFields);
        var inOrder = new NamedType?[] { query, mutation, subscription }.OfType<NamedType>().Concat(types.Further());
        Schema schema;

        // A class that implements an interface belongs to the schema even if no field refers to it. It may bring further interfaces.
        do
        {
            schema = new Schema(
                query,
                mutation,
                subscription,
                inOrder.Concat(types.Implementations),
                [.. _directives, .. BuiltInDirectives.All],
                _description);
        }
        while (types.FindImplementations());

        // What could not be mapped is missing in the schema: the rules would report it a second time.
        SchemaException.ThrowIfAny(problems.Count > 0 ? problems : SchemaValidator.Validate(schema));
        return schema;
    }
}
