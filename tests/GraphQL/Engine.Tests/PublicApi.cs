using System.Globalization;
using System.Reflection;
using System.Text;

namespace Apc.GraphQL.Tests;

/// <summary>Writes down what an assembly promises: its public types with their public and protected members, one line each, in the order of names.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();

        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            Members(type).Order(StringComparer.Ordinal).ToList().ForEach(member => text.Append("    ").Append(member).Append('\n'));
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => IsRecord(type) ? "record struct" : type.IsByRefLike ? "ref struct" : "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            _ => IsRecord(type) ? "record" : "class",
        };
        var modifier = (type.IsAbstract, type.IsSealed) switch
        {
            _ when kind is not ("class" or "record") => "",
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        var bases = new[] { type.BaseType }.OfType<Type>()
            .Where(b => kind is "class" or "record" && b != typeof(object))
            .Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsPublic && !IsOfRecords(i, type)).OrderBy(i => i.FullName, StringComparer.Ordinal))
            .Select(Name)
            .ToArray();

        return $"{modifier}{kind} {type.Namespace}.{Name(type)}{(bases.Length == 0 || kind is "enum" or "delegate" ? "" : " : " + string.Join(", ", bases))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}"));
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [Signature(type.GetMethod("Invoke")!)];
        }

        return
        [
            .. type.GetFields(Declared).Where(f => IsPromised(f.Attributes)).Select(Field),
            .. type.GetConstructors(Declared).Where(IsPromised).Select(c => $"{Access(c)}.ctor({Parameters(c)})"),
            .. type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsPromised)).Select(Property),
            .. type.GetMethods(Declared).Where(m => IsPromised(m) && !IsWrittenByTheCompiler(m)).Select(Signature),
        ];
    }

    private static string Field(FieldInfo field)
        => field.IsLiteral
            ? $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue() ?? "null"}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(Nullability.Create(field))} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var promised = property.GetAccessors(nonPublic: true).First(IsPromised);
        var setter = property.SetMethod is { } set && IsPromised(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;"
            : "";
        var required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters().Length == 0 ? "" : $"[{string.Join(", ", property.GetIndexParameters().Select(Parameter))}]";
        return $"{Access(promised)}{required}{Name(Nullability.Create(property))} {property.Name}{index} {{{(property.GetMethod is { } get && IsPromised(get) ? " get;" : "")}{setter} }}";
    }

    private static string Signature(MethodInfo method)
    {
        var type = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Access(method)}{Name(Nullability.Create(method.ReturnParameter))} {method.Name}{type}({Parameters(method)})";
    }

    private static string Access(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        var shared = method.IsStatic ? "static " : "";
        var inherited = method switch
        {
            _ when method.DeclaringType!.IsInterface || method is ConstructorInfo => "",
            MethodInfo m when m.GetBaseDefinition() != m => m.IsFinal ? "sealed override " : "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return access + shared + inherited;
    }

    private static string Parameters(MethodBase method)
        => (method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "this " : "")
            + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var how = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => parameter.IsIn ? "in " : "ref ",
            _ => parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "",
        };
        var otherwise = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{how}{Name(Nullability.Create(parameter))} {parameter.Name}{otherwise}";
    }

    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var mark = info.ReadState is NullabilityState.Nullable && !type.IsValueType ? "?" : "";

        if (info.ElementType is { } element)
        {
            return $"{Name(element)}[]{mark}";
        }

        if (!type.IsGenericType || Nullable.GetUnderlyingType(type) is not null)
        {
            return Name(type) + mark;
        }

        return $"{Plain(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>{mark}";
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType ? $"{Plain(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : Plain(type);
    }

    private static string Plain(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type switch
        {
            { IsGenericParameter: true } => name,
            { IsNested: true } => $"{Plain(type.DeclaringType!)}.{name}",
            _ when type == typeof(void) => "void",
            _ when type == typeof(string) => "string",
            _ when type == typeof(bool) => "bool",
            _ when type == typeof(int) => "int",
            _ when type == typeof(long) => "long",
            _ when type == typeof(object) => "object",
            _ => name,
        };
    }

    private static bool IsPromised(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsPromised(FieldAttributes attributes)
        => (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    // What every record has says nothing; accessors stand with their properties.
    private static bool IsWrittenByTheCompiler(MethodInfo method)
        => (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            || (IsRecord(method.DeclaringType!) && method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));

    private static bool IsOfRecords(Type contract, Type type)
        => IsRecord(type) && contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>);
}
