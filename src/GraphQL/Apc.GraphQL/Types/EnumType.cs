using System.Text;
using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types;

/// <summary>An enum type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Enums</remarks>
public sealed class EnumType : LeafType
{
    private readonly Dictionary<object, byte[]> _jsonByValue;

    /// <summary>An enum with unique names. If two names have the same C# value, responses use the first.</summary>
    public EnumType(string name, IEnumerable<EnumValueDefinition> values, string? description = null, Type? clrType = null)
        : base(name, description)
    {
        var ordered = OrderedByName.From(values, v => v.Name);
        Values = ordered;
        ClrType = clrType;
        _jsonByValue = new(ordered.Count);

        foreach (var value in ordered.Values)
        {
            _jsonByValue.TryAdd(value.Value, Encoding.UTF8.GetBytes($"\"{value.Name}\""));
        }
    }

    /// <summary>The values by name, in the order of definition.</summary>
    public IReadOnlyDictionary<string, EnumValueDefinition> Values { get; }

    /// <summary>The C# enum behind the type; null if there is none.</summary>
    public Type? ClrType { get; }

    /// <inheritdoc/>
    public override object ParseValue(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            var text = Inspect.Json(value);
            throw Unknown($"Enum \"{Name}\" cannot represent non-string value: {text}.", text);
        }

        return ValueOf(JsonStrings.TextOf(value));
    }

    /// <inheritdoc/>
    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
    {
        if (literal is not EnumValueNode named)
        {
            var text = SyntaxPrinter.Print(literal);
            throw Unknown($"Enum \"{Name}\" cannot represent non-enum value: {text}.", text);
        }

        return ValueOf(named.Value);
    }

    /// <inheritdoc/>
    public override void Write(JsonWriter writer, object value)
        => writer.WriteRaw(_jsonByValue.TryGetValue(value, out var json) ? json : throw NotAMember(value));

    /// <summary>A writer for the C# enum behind the type; null for every other type.</summary>
    public override LeafWriter<T>? WriterFor<T>()
    {
        if (ClrType is null || (System.Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) != ClrType)
        {
            return null;
        }

        var jsonByMember = new Dictionary<EnumKey<T>, byte[]>(_jsonByValue.Count);

        foreach (var (value, json) in _jsonByValue)
        {
            jsonByMember.Add(new((T)value), json);
        }

        return (writer, member)
            => writer.WriteRaw(jsonByMember.TryGetValue(new(member), out var json) ? json : throw NotAMember(member));
    }

    private object ValueOf(string name)
        => Values.TryGetValue(name, out var known)
            ? known.Value
            : throw Unknown($"Value \"{name}\" does not exist in \"{Name}\" enum.", name);

    private CoercionException Unknown(string message, string written)
    {
        var suggestion = DidYouMean.Text(written, Values.Keys, "the enum value");
        return new CoercionException($"{message}{suggestion}") { SuggestionLength = suggestion.Length };
    }

    private CoercionException NotAMember(object? value) => new($"Enum \"{Name}\" cannot represent value: {Inspect.Value(value)}");

    // A key for a member whose type may be nullable; compares without boxing.
    private readonly record struct EnumKey<T>(T Member);
}

/// <summary>A value of an enum.</summary>
/// <remarks>https://spec.graphql.org/September2025/#EnumValueDefinition</remarks>
public sealed class EnumValueDefinition(string name, object? value = null)
{
    /// <summary>Unique in its enum.</summary>
    public string Name { get; } = name;

    /// <summary>The value in resolvers; the name unless another value is given.</summary>
    public object Value { get; } = value ?? name;

    /// <summary>Null if there is none.</summary>
    public string? Description
    {
        get => field ?? DescribedBy?.Invoke();
        init;
    }

    /// <summary>Finds the description when it is first read; null if it is given or if there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <summary>Null for a value that is not deprecated.</summary>
    public string? DeprecationReason { get; init; }
}
