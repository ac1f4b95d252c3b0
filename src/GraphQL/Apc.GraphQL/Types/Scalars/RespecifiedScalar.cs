using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>A scalar with another URL of its specification.</summary>
internal sealed class RespecifiedScalar(ScalarType scalar, string specifiedBy) : ScalarType(scalar.Name, scalar.Description, specifiedBy)
{
    public override object? ParseValue(JsonElement value) => scalar.ParseValue(value);

    public override object? ParseLiteral(ValueNode literal, IVariableValues? variables) => scalar.ParseLiteral(literal, variables);

    public override void Write(JsonWriter writer, object value) => scalar.Write(writer, value);

    public override LeafWriter<T>? WriterFor<T>() => scalar.WriterFor<T>();
}
