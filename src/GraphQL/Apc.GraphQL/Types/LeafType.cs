using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types;

/// <summary>A type whose values have no fields: a scalar or an enum. It reads and writes its values.</summary>
public abstract class LeafType(string name, string? description) : NamedType(name, description)
{
    /// <summary>Reads a JSON value of the request's variables. Never called with JSON null.</summary>
    /// <exception cref="CoercionException">The value is not of this type. Built-in types use the messages of graphql-js.</exception>
    public abstract object? ParseValue(JsonElement value);

    /// <summary>
    /// Reads a literal. Never called with a variable or <c>null</c>. The literal of a structured scalar may contain variables;
    /// <paramref name="variables"/> has their values and is null during validation.
    /// </summary>
    /// <exception cref="CoercionException">The literal is not of this type.</exception>
    public abstract object? ParseLiteral(ValueNode literal, IVariableValues? variables);

    /// <summary>Writes a resolved value.</summary>
    /// <exception cref="CoercionException">The value cannot be represented. The caller rewinds the writer.</exception>
    public abstract void Write(JsonWriter writer, object value);

    /// <summary>
    /// A writer without boxing for values of one C# type, which may be a <see cref="Nullable{T}"/>; it is never called with null. Null if
    /// only <see cref="Write"/> can be used. Called when the plan of a field is made.
    /// </summary>
    public virtual LeafWriter<T>? WriterFor<T>() => null;
}

/// <summary>A scalar type, which reads its values from literals and variables and writes them to the response.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Scalars</remarks>
public abstract class ScalarType(string name, string? description = null, string? specifiedBy = null) : LeafType(name, description)
{
    /// <summary>The URL of the scalar's specification; null if there is none.</summary>
    public string? SpecifiedBy { get; } = specifiedBy;
}

/// <summary>Writes a leaf value as JSON.</summary>
/// <exception cref="CoercionException">The value cannot be represented. The caller rewinds the writer.</exception>
public delegate void LeafWriter<in T>(JsonWriter writer, T value);

/// <summary>A value is not of its type. Callers see the message.</summary>
public sealed class CoercionException(string message) : Exception(message)
{
    /// <summary>The number of characters at the end of the message that suggest names of the schema.</summary>
    internal int SuggestionLength { get; init; }
}
