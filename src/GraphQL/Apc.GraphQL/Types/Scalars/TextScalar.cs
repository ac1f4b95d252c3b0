using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>
/// A scalar whose values are strings in JSON. Results may be strings and UUIDs; override <see cref="FormatOf"/> for others.
/// </summary>
public abstract class TextScalar(string name, string? description = null, string? specifiedBy = null)
    : ScalarType(name, description, specifiedBy)
{
    private static readonly LeafWriters Writers = new LeafWriters()
        .Add((writer, value) => writer.WriteString(value))
        .Add<Guid>((writer, value) => writer.WriteString(value));

    /// <summary>Converts a text to a value; returns the text itself unless overridden.</summary>
    /// <exception cref="CoercionException">The text is not a value of this type.</exception>
    protected virtual object? Parse(string text) => text;

    /// <summary>The text of a result that is neither string nor UUID; null if it cannot be represented.</summary>
    protected virtual string? FormatOf(object value) => null;

    /// <inheritdoc/>
    public override object? ParseValue(JsonElement value)
        => value.ValueKind == JsonValueKind.String ? Parse(JsonStrings.TextOf(value)) : throw NotAText(Inspect.Json(value));

    /// <inheritdoc/>
    public override object? ParseLiteral(ValueNode literal, IVariableValues? variables)
        => literal is StringValueNode text ? Parse(text.Value) : throw NotAText(SyntaxPrinter.Print(literal));

    /// <inheritdoc/>
    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(text);
                break;
            case Guid id:
                writer.WriteString(id);
                break;
            default:
                writer.WriteString(
                    FormatOf(value) ?? throw new CoercionException($"{Name} cannot represent value: {Inspect.Value(value)}"));
                break;
        }
    }

    /// <inheritdoc/>
    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    private CoercionException NotAText(string value) => new($"{Name} cannot represent a non string value: {value}");
}
