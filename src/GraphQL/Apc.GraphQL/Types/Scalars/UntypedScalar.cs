using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>A scalar of an SDL text without C# code: it accepts every value.</summary>
internal sealed class UntypedScalar(string name, string? description, string? specifiedBy) : ScalarType(name, description, specifiedBy)
{
    public override object ParseValue(JsonElement value) => value.Clone();

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
        => JsonLiterals.Parse(literal, variables, enumsAreTexts: true);

    public override void Write(JsonWriter writer, object value) => JsonResults.Write(writer, value);
}
