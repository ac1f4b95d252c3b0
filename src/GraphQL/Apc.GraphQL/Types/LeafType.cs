using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types;

/// <summary>A type whose values have no fields: a scalar or an enum. It knows how its values are read and written.</summary>
public abstract class LeafType(string name, string? description) : NamedType(name, description)
{
    /// <summary>The value of a JSON value from the request's variables; never called with JSON null.</summary>
    /// <exception cref="CoercionException">The value is none of this type; the message says why in the reference's words.</exception>
    public abstract object? ParseValue(JsonElement value);

    /// <summary>
    /// The value of a literal; never called with a variable or <c>null</c> itself. A literal of a structured scalar may hold variables inside:
    /// <paramref name="variables"/> gives their values, and is null while a document is validated.
    /// </summary>
    /// <exception cref="CoercionException">The literal is none of this type.</exception>
    public abstract object? ParseLiteral(ValueNode literal, IVariableValues? variables);

    /// <summary>Writes a resolved value.</summary>
    /// <exception cref="CoercionException">The value cannot be represented; what was written of it is to be rewound.</exception>
    public abstract void Write(JsonWriter writer, object value);

    /// <summary>
    /// The writer for values of one C# type (also a <see cref="Nullable{T}"/>, then never called with null) that needs no boxing,
    /// or null where only <see cref="Write"/> serves. Asked once while a plan is compiled.
    /// </summary>
    public virtual LeafWriter<T>? WriterFor<T>() => null;
}

/// <summary>Writes a leaf value as JSON.</summary>
/// <exception cref="CoercionException">The value cannot be represented; what was written of it is to be rewound.</exception>
public delegate void LeafWriter<in T>(JsonWriter writer, T value);

/// <summary>A value that is none of its type. The message is for callers.</summary>
public sealed class CoercionException(string message) : Exception(message)
{
    /// <summary>How many characters at the end of the message suggest names of the schema.</summary>
    internal int SuggestionLength { get; init; }
}
