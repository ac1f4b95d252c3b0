using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>
/// Any JSON value. Coerced values are <see cref="JsonElement"/>s that outlive their document. Results that are already JSON
/// (<c>byte[]</c>, <c>ReadOnlyMemory&lt;byte&gt;</c>, <see cref="JsonElement"/>, <see cref="JsonDocument"/>) are written unchanged and
/// unparsed; zero bytes are written as null. Dictionaries, lists, strings, numbers and Booleans are written as JSON.
/// </summary>
public sealed class JsonScalar() : ScalarType("JSON", "Any JSON value.", "https://www.rfc-editor.org/rfc/rfc8259")
{
    private static readonly LeafWriters Writers = new LeafWriters()
        .Add<ReadOnlyMemory<byte>>((writer, value) => JsonResults.WriteUtf8(writer, value.Span))
        .Add<JsonElement>(JsonResults.WriteElement);

    /// <inheritdoc/>
    public override object ParseValue(JsonElement value) => value.Clone();

    /// <inheritdoc/>
    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
        => JsonLiterals.Parse(literal, variables, enumsAreTexts: false);

    /// <inheritdoc/>
    public override void Write(JsonWriter writer, object value) => JsonResults.Write(writer, value);

    /// <inheritdoc/>
    public override LeafWriter<T>? WriterFor<T>()
        => typeof(T) == typeof(byte[])
            ? (LeafWriter<T>)(object)new LeafWriter<byte[]>((writer, value) => JsonResults.WriteUtf8(writer, value))
            : Writers.Find<T>();
}
