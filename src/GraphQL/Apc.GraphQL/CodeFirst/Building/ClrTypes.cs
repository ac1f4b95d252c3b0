using System.Reflection;
using Apc.GraphQL.Language;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// The types of one schema by the C# types behind them. Each is made when something first refers to it. A type that cannot be mapped is
/// added to the problems and replaced by String, so that building goes on and finds further problems.
/// </summary>
internal sealed class ClrTypes
{
    private readonly IReadOnlyList<Type> _added;
    private readonly ILookup<Type, Type> _extensions;
    private readonly ScalarBindings _scalars;
    private readonly List<string> _problems;
    private readonly XmlDocs _docs = new();
    private readonly FieldMaker _fields;
    private readonly InputFieldMaker _inputFields;
    private readonly Dictionary<Type, NamedType> _outputs = [];
    private readonly Dictionary<Type, NamedType> _inputs = [];
    private readonly List<NamedType> _implementations = [];
    private readonly Dictionary<Type, EnumType> _enums;

    public ClrTypes(
        IReadOnlyList<Type> added,
        ScalarBindings scalars,
        Dictionary<Type, EnumType> enums,
        ServiceBindings services,
        Func<FieldDefinition, FieldDelegate, FieldDelegate>? aroundChanges,
        List<string> problems)
    {
        _added = added;
        _scalars = scalars;
        _enums = new(enums);
        _problems = problems;
        _extensions = added.Where(t => Markers.ExtendedType(t) is not null).ToLookup(t => Markers.ExtendedType(t)!);
        _inputFields = new InputFieldMaker(this, new ValueBinders(scalars), _docs, problems);
        _fields = new FieldMaker(this, _inputFields, services, aroundChanges, _docs, problems);
    }

    /// <summary>The root type of all classes with this mark, its fields by name or as written; null if no class has the mark.</summary>
    public ObjectType? Root<TMark>(string name, bool byName)
        where TMark : Attribute
    {
        var classes = _added.Where(t => t.IsDefined(typeof(TMark))).ToList();
        var methods = classes.SelectMany(Markers.FieldMethods);

        return classes.Count == 0
            ? null
            : new ObjectType(
                name, () => (byName ? methods.OrderBy(Names.OfField, StringComparer.Ordinal) : methods).Select(_fields.OfRoot<TMark>));
    }

    /// <summary>The types that were added for themselves.</summary>
    public IReadOnlyList<NamedType> Further()
        => [.. _added.Where(t => t is not { IsAbstract: true, IsSealed: true }).Select(t => Output(t, t.Name))];

    /// <summary>
    /// The object types that <see cref="FindImplementations"/> found: they implement an interface in use and nothing else refers to them.
    /// </summary>
    public IReadOnlyList<NamedType> Implementations => _implementations;

    /// <summary>
    /// Adds implementations of the interfaces in use. True if there were new ones, which may bring further interfaces into use.
    /// </summary>
    public bool FindImplementations()
    {
        var classes = _outputs.Keys
            .Where(AbstractTypes.IsInterface)
            .SelectMany(AbstractTypes.ClassesBehind)
            .Distinct()
            .Where(t => !_outputs.ContainsKey(t))
            .ToList();
        _implementations.AddRange(classes.Select(t => Output(t, t.Name)));
        return classes.Count > 0;
    }

    /// <summary>True for types that are bound to a scalar or an enum.</summary>
    public bool IsLeaf(Type type) => type.IsEnum || _enums.ContainsKey(type) || _scalars.Find(type) is not null;

    /// <summary>The type of a field; <paramref name="explicitReference"/> wins.</summary>
    public GraphQLType OutputType(TypeShape shape, string? explicitReference, string where)
        => explicitReference is not null ? Referred(explicitReference, where) : Wrap(shape, type => Output(type, where));

    /// <summary>The type of an argument or input field; <paramref name="explicitReference"/> wins.</summary>
    public GraphQLType InputType(TypeShape shape, string? explicitReference, string where)
    {
        if (explicitReference is null)
        {
            return Wrap(shape, type => Input(type, where));
        }

        var known = _problems.Count;
        var type = Referred(explicitReference, where);

        if (type is not NonNullType && !shape.IsNullable && _problems.Count == known)
        {
            _problems.Add(
                $"{where}: [GraphQLType(\"{explicitReference}\")] lets the value be null, but {Display.Of(shape.Type)} cannot be.");
        }

        return type;
    }

    private static GraphQLType Wrap(TypeShape shape, Func<Type, NamedType> named)
    {
        GraphQLType type = shape.Element is { } element ? new ListType(Wrap(element, named)) : named(shape.Type);
        return shape.IsNullable ? type : new NonNullType(type);
    }

    private NamedType Output(Type type, string where)
    {
        if (Leaf(type) is { } leaf)
        {
            return leaf;
        }

        if (_outputs.TryGetValue(type, out var known))
        {
            return known;
        }

        var isAbstract = AbstractTypes.IsInterface(type) || AbstractTypes.IsUnion(type);

        if (isAbstract && !type.IsAbstract)
        {
            return Unmapped(
                $"{where}: {Display.Of(type)} is marked as an interface or union, which only C# interfaces and abstract classes are.");
        }

        if (!isAbstract && !CanBeObject(type))
        {
            return Unmapped($"{where}: {Display.Of(type)} has no GraphQL type. Bind it with AddScalar, or name a type with [GraphQLType].");
        }

        var made = Make(type, where);
        _outputs.Add(type, made);
        return made;
    }

    private CompositeType Make(Type type, string where)
    {
        if (AbstractTypes.IsUnion(type))
        {
            IEnumerable<ObjectType> Members() => AbstractTypes.ClassesBehind(type).Select(t => Output(t, where)).OfType<ObjectType>();
            return new UnionType(Names.OfType(type), Members) { DescribedBy = () => _docs.Of(type) };
        }

        var inherited = AbstractTypes.InterfacesOf(type).ToList();
        IEnumerable<InterfaceType> Interfaces() => inherited.Select(i => Output(i, where)).OfType<InterfaceType>();
        IEnumerable<FieldDefinition> Fields() => _fields.OfObject(type, _extensions[type], inherited.SelectMany(i => _extensions[i]));

        return AbstractTypes.IsInterface(type)
            ? new InterfaceType(Names.OfType(type), Fields, null, Interfaces) { DescribedBy = () => _docs.Of(type) }
            : new ObjectType(Names.OfType(type), Fields, null, Interfaces, type) { DescribedBy = () => _docs.Of(type) };
    }

    private NamedType Input(Type type, string where)
    {
        if (Leaf(type) is { } leaf)
        {
            return leaf;
        }

        if (_inputs.TryGetValue(type, out var known))
        {
            return known;
        }

        if (!Records.IsRecord(type))
        {
            return Unmapped(
                $"{where}: {Display.Of(type)} is neither a scalar, an enum, a record (an input object) nor a registered service.");
        }

        var record = new RecordBinding(type);
        var made = new InputObjectType(
            Names.OfType(type), () => _inputFields.OfRecord(record), isOneOf: type.IsDefined(typeof(OneOfAttribute)), clrType: type)
        {
            DescribedBy = () => _docs.Of(type),
            Create = record.Create,
        };
        _inputs.Add(type, made);
        return made;
    }

    private NamedType? Leaf(Type type)
    {
        if (_scalars.Find(type) is { } scalar)
        {
            return scalar;
        }

        if (!_enums.TryGetValue(type, out var made) && type.IsEnum)
        {
            _enums.Add(type, made = new EnumMaker(_docs).Make(type));
        }

        return made;
    }

    private GraphQLType Referred(string reference, string where)
    {
        NamedType Find(string name)
            => _scalars.Find(name)
                ?? BuiltInScalars.Find(name)
                ?? _enums.Values.Concat(_outputs.Values).Concat(_inputs.Values).FirstOrDefault(t => t.Name == name)
                ?? Unmapped($"{where}: [GraphQLType(\"{reference}\")] names a type that nobody has added.");

        try
        {
            return TypeReferences.Resolve(GraphQLParser.ParseType(reference), Find);
        }
        catch (SyntaxErrorException e)
        {
            return Unmapped($"{where}: [GraphQLType(\"{reference}\")] is no type reference. {e.Message}");
        }
    }

    private ScalarType Unmapped(string problem)
    {
        _problems.Add(problem);
        return BuiltInScalars.String;
    }

    private static bool CanBeObject(Type type)
        => (type.IsClass || type.IsValueType)
            && type is { IsPrimitive: false, IsPointer: false, IsByRef: false, ContainsGenericParameters: false, IsArray: false }
            && type.Namespace?.Split('.')[0] != "System"
            && !typeof(Delegate).IsAssignableFrom(type);
}
