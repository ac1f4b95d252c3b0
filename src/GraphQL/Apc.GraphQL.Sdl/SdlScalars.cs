using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Sdl;

/// <summary>A scalar of an SDL text without C# code: it accepts every value.</summary>
internal sealed class UntypedScalar(string name, string? description, string? specifiedBy) : ScalarType(name, description, specifiedBy)
{
    public override object ParseValue(JsonElement value) => value.Clone();

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
        => JsonLiterals.Parse(literal, variables, enumsAreTexts: true);

    public override void Write(JsonWriter writer, object value) => JsonResults.Write(writer, value);
}

/// <summary>A scalar with another URL of its specification.</summary>
internal sealed class RespecifiedScalar(ScalarType scalar, string specifiedBy) : ScalarType(scalar.Name, scalar.Description, specifiedBy)
{
    public override object? ParseValue(JsonElement value) => scalar.ParseValue(value);

    public override object? ParseLiteral(ValueNode literal, IVariableValues? variables) => scalar.ParseLiteral(literal, variables);

    public override void Write(JsonWriter writer, object value) => scalar.Write(writer, value);

    public override LeafWriter<T>? WriterFor<T>() => scalar.WriterFor<T>();
}
