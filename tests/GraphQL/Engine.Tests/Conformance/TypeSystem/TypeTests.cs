using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Types")]
public sealed class TypeTests
{
    [Theory]
    [InlineData("scalar T", typeof(ScalarType), true, true)]
    [InlineData("type T { a: Int }", typeof(ObjectType), false, true)]
    [InlineData("interface T { a: Int }", typeof(InterfaceType), false, true)]
    [InlineData("union T = Query", typeof(UnionType), false, true)]
    [InlineData("enum T { A }", typeof(EnumType), true, true)]
    [InlineData("input T { a: Int }", typeof(InputObjectType), true, false)]
    [SpecSection("sec-Input-and-Output-Types")]
    public void Are_of_six_named_kinds_for_input_output_or_both(string definition, Type kind, bool isInput, bool isOutput)
    {
        var type = SdlText.Schema(definition).Types["T"];

        Assert.IsType(kind, type, exactMatch: false);
        GraphQLType wrapped = new NonNullType(new ListType(new NonNullType(type)));
        Assert.Equal((isInput, isOutput, isInput, isOutput), (type.IsInputType, type.IsOutputType, wrapped.IsInputType, wrapped.IsOutputType));
    }

    [Fact]
    [SpecSection("sec-Wrapping-Types")]
    public void Wrap_each_other_in_lists_and_non_nulls()
    {
        var type = new NonNullType(new ListType(new ListType(new NonNullType(BuiltInScalars.Int))));

        Assert.Equal("[[Int!]]!", type.ToString());
        Assert.Same(BuiltInScalars.Int, type.Named);
        Assert.Equal("[[Int!]]", type.Nullable.ToString());
        Assert.Same(BuiltInScalars.Int, BuiltInScalars.Int.Nullable);
    }

    [Fact]
    [SpecSection("sec-Type-System-Descriptions")]
    public void Carry_descriptions_on_everything_that_is_defined()
    {
        var schema = SdlText.Schema(
            """"
            "S" schema { query: Query }
            "T" type T { "F" a("""
              A *b*

              - c
            """ b: Int): Int }
            "E" enum E { "V" A }
            "I" input I { "IF" a: Int }
            "N" interface N { a: Int }
            "U" union U = T
            "X" scalar X
            "D" directive @d("DA" a: Int) on FIELD
            """");

        var field = ((ObjectType)schema.Types["T"]).Fields["a"];
        Assert.Equal(
            (string?[])["S", "T", "F", "A *b*\n\n- c", "E", "V", "I", "IF", "N", "U", "X", "D", "DA", null],
            (string?[])
            [
                schema.Description,
                schema.Types["T"].Description,
                field.Description,
                field.Arguments[0].Description,
                schema.Types["E"].Description,
                ((EnumType)schema.Types["E"]).Values["A"].Description,
                schema.Types["I"].Description,
                ((InputObjectType)schema.Types["I"]).Fields["a"].Description,
                schema.Types["N"].Description,
                schema.Types["U"].Description,
                schema.Types["X"].Description,
                schema.Directives["d"].Description,
                schema.Directives["d"].Arguments[0].Description,
                schema.QueryType!.Description,
            ]);
    }

    [Theory]
    [SpecSection("sec-Objects.Input-Coercion")]
    [SpecSection("sec-Interfaces.Input-Coercion")]
    [SpecSection("sec-Unions.Input-Coercion")]
    [InlineData("Dog")]
    [InlineData("Pet")]
    [InlineData("Resident")]
    public void Are_never_given_where_they_are_for_output_alone(string type)
    {
        Assert.Equal(
            $"Variable \"$v\" cannot be non-input type \"{type}\". (1:12)",
            Validation.Judged.Against(PetSchema.Schema, $"query ($v: {type}) {{ literals(json: $v) }}").First());
        Assert.Equal(
            [$"The type of T.f(a:) must be Input Type but got: {type}."],
            SdlText.Problems($"type T {{ f(a: {type}): Int }} type Dog {{ a: Int }} interface Pet {{ a: Int }} union Resident = Dog"));
    }

    [Fact]
    [SpecSection("sec-Input-Objects.Result-Coercion")]
    public void Are_never_answered_where_they_are_for_input_alone()
        => Assert.Equal(["The type of T.f must be Output Type but got: [In!]."], SdlText.Problems("type T { f: [In!] } input In { a: Int }"));
}
