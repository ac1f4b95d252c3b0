using System.Reflection;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Makes fields of methods and properties.</summary>
internal sealed class FieldMaker(
    ClrTypes types,
    InputFieldMaker inputFields,
    ServiceBindings services,
    Func<FieldDefinition, FieldDelegate, FieldDelegate>? aroundChanges,
    XmlDocs docs,
    List<string> problems)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>A root field of the type that has this mark.</summary>
    public FieldDefinition OfRoot<TMark>(MethodInfo method)
        where TMark : Attribute
        => OfMethod(
            method,
            parent: null,
            isSubscription: typeof(TMark) == typeof(SubscriptionTypeAttribute),
            isMutation: typeof(TMark) == typeof(MutationTypeAttribute));

    /// <summary>
    /// The fields of an object type or interface: its properties, then the methods of its extensions, then those methods of its interfaces'
    /// extensions whose names are still free. A method with the name of a property replaces it, at the property's place.
    /// </summary>
    public IEnumerable<FieldDefinition> OfObject(Type type, IEnumerable<Type> extensions, IEnumerable<Type> inherited)
    {
        var own = extensions.SelectMany(Markers.FieldMethods).ToList();
        var names = own.Select(Names.OfField).ToHashSet(StringComparer.Ordinal);
        var computed = own.Concat(inherited.SelectMany(Markers.FieldMethods).Where(m => names.Add(Names.OfField(m))))
            .Select(m => OfMethod(m, type, isSubscription: false))
            .ToList();
        var fields = new List<FieldDefinition>();

        foreach (var property in Markers.FieldProperties(type))
        {
            var name = Names.OfField(property);
            var replacement = computed.FindIndex(c => c.Name == name);

            if (replacement < 0)
            {
                fields.Add(OfProperty(type, property, name));
            }
            else
            {
                fields.Add(computed[replacement]);
                computed.RemoveAt(replacement);
            }
        }

        return [.. fields, .. computed];
    }

    private FieldDefinition OfProperty(Type type, PropertyInfo property, string name)
    {
        if (type.IsInterface && property.IsDefined(typeof(FieldPolicyAttribute), inherit: true))
        {
            problems.Add($"{Display.Of(property)}: a policy on an interface guards nothing. Write it on the classes.");
        }

        var shape = TypeShape.OfOutput(_nullability.Create(property), types.IsLeaf);
        var field = new FieldDefinition(name, types.OutputType(shape, ReferenceOf(property), Display.Of(property)))
        {
            DescribedBy = () => docs.Of(property),
            DeprecationReason = property.GetCustomAttribute<GraphQLDeprecatedAttribute>()?.Reason,
            Member = property,
        };

        var getter = new ClrGetter(type, property.GetMethod!);
        return WithPolicies(field, property, getter, context => new ValueTask<object?>(getter.Resolve(context.Parent!)));
    }

    private FieldDefinition OfMethod(MethodInfo method, Type? parent, bool isSubscription, bool isMutation = false)
    {
        var where = Display.Of(method);

        if (method.IsGenericMethodDefinition)
        {
            problems.Add($"{where}: a generic method cannot be a field.");
        }

        if (ResultOf(method, where, isSubscription) is not { } result)
        {
            return new FieldDefinition(Names.OfField(method), BuiltInScalars.String);
        }

        var parameters = ParametersOf(method, parent);
        var arguments = parameters.Where(p => p.Kind == ParameterKind.Argument).Select(p => inputFields.OfParameter(p.Info)).ToList();
        var shape = TypeShape.OfOutput(result.Result, types.IsLeaf);

        var field = new FieldDefinition(Names.OfField(method), types.OutputType(shape, ReferenceOf(method), where))
        {
            Arguments = arguments,
            DescribedBy = () => docs.Of(method),
            DeprecationReason = method.GetCustomAttribute<GraphQLDeprecatedAttribute>()?.Reason,
            Member = method,
            Timeout = method.GetCustomAttribute<TimeoutAttribute>()?.Time,
        };

        var pure = result.Kind == ResultKind.Value && parameters is [{ Kind: ParameterKind.Parent }]
            ? new ClrGetter(parent!, method)
            : null;
        var resolver = new MethodResolver(method, result.Kind, parameters, services.Root);
        return WithPolicies(field, method, pure, resolver.ResolveAsync, isMutation);
    }

    /// <summary>Wraps the resolver in the member's policies. Without policies a pure field stays pure.</summary>
    private FieldDefinition WithPolicies(
        FieldDefinition field, MemberInfo member, PureResolver? pure, FieldDelegate resolve, bool isMutation = false)
    {
        var policies = member.GetCustomAttributes<FieldPolicyAttribute>().ToList();

        if (pure is not null && policies.Count == 0)
        {
            return field.ResolvedBy(_ => pure);
        }

        return field.ResolvedBy(known =>
        {
            var wrapped = resolve;

            // The first policy is the outermost.
            for (var i = policies.Count - 1; i >= 0; i--)
            {
                wrapped = Wrap(policies[i], known, wrapped, member);
            }

            var hasSideEffects = member.IsDefined(typeof(SideEffectsAttribute));

            if (aroundChanges is not null && (isMutation || hasSideEffects))
            {
                wrapped = WrapChange(aroundChanges, known, wrapped, member);
            }

            return new DelegateResolver(wrapped) { HasSideEffects = hasSideEffects };
        });
    }

    private FieldDelegate WrapChange(
        Func<FieldDefinition, FieldDelegate, FieldDelegate> around, FieldDefinition field, FieldDelegate next, MemberInfo member)
    {
        try
        {
            return around(field, next);
        }
        catch (InvalidOperationException e)
        {
            problems.Add($"{Display.Of(member)}: {e.Message}");
            return next;
        }
    }

    private FieldDelegate Wrap(FieldPolicyAttribute policy, FieldDefinition field, FieldDelegate next, MemberInfo member)
    {
        try
        {
            return policy.Wrap(field, next);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            problems.Add($"{Display.Of(member)}: {Display.Of(policy.GetType())} cannot guard the field. {e.Message}");
            return next;
        }
    }

    private ResultShape? ResultOf(MethodInfo method, string where, bool isSubscription)
    {
        var result = ResultShape.Of(_nullability.Create(method.ReturnParameter));

        if (result is null)
        {
            problems.Add($"{where}: a field has a value, but the method returns none.");
        }
        else if (result.IsStream != isSubscription)
        {
            problems.Add(isSubscription
                ? $"{where}: a subscription returns IAsyncEnumerable<T>."
                : $"{where}: only subscriptions return IAsyncEnumerable<T>.");
        }

        return result;
    }

    private List<ResolverParameter> ParametersOf(MethodInfo method, Type? parent)
    {
        var parameters = new List<ResolverParameter>();
        var arguments = 0;

        foreach (var info in method.GetParameters())
        {
            var kind = KindOf(info, parent);
            parameters.Add(new ResolverParameter(info, kind, kind == ParameterKind.Argument ? arguments++ : -1));
        }

        return parameters;
    }

    private ParameterKind KindOf(ParameterInfo info, Type? parent)
    {
        var type = info.ParameterType;

        if (info.IsDefined(typeof(ParentAttribute)))
        {
            if (parent is null || !type.IsAssignableFrom(parent))
            {
                problems.Add(parent is null
                    ? $"{Display.Of(info)}: a root field has no parent."
                    : $"{Display.Of(info)}: the parent is a {Display.Of(parent)}, not a {Display.Of(type)}.");
            }

            return ParameterKind.Parent;
        }

        if (ParameterKinds.Known(type) is { } known)
        {
            return known;
        }

        if (services.Callers.Contains(type))
        {
            return ParameterKind.Caller;
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;

        if (types.IsLeaf(plain) || TypeShape.IsList(plain, types.IsLeaf))
        {
            return ParameterKind.Argument;
        }

        return services.KindOf(type) switch
        {
            ServiceKind.Singleton => ParameterKind.Singleton,
            ServiceKind.Scoped => ParameterKind.Scoped,
            _ => ParameterKind.Argument,
        };
    }

    private static string? ReferenceOf(MethodInfo method)
        => method.GetCustomAttribute<GraphQLTypeAttribute>()?.Type
            ?? method.ReturnParameter.GetCustomAttribute<GraphQLTypeAttribute>()?.Type;

    private static string? ReferenceOf(PropertyInfo property) => property.GetCustomAttribute<GraphQLTypeAttribute>()?.Type;
}
