using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Non-Null")]
public sealed class NonNullTests
{
    [Theory]
    [SpecSection("sec-Non-Null.Nullable-vs-Optional")]
    [InlineData("int", "absent")]
    [InlineData("int(x: null)", "null")]
    [InlineData("defaulted", "5")]
    [InlineData("defaulted(x: null)", "Expected value of type \"Int!\", found null.")]
    [InlineData("required", "Field \"required\" argument \"x\" of type \"Int!\" is required, but it was not provided.")]
    [InlineData("required(x: null)", "Expected value of type \"Int!\", found null.")]
    public async Task Are_required_unless_there_is_a_default(string selection, string seen) => Assert.Equal(seen, await Echo.Seen(selection));

    [Theory]
    [SpecSection("sec-Non-Null.Input-Coercion")]
    [InlineData("required(x: $v)", "($v: Int!)", """{"v":1}""", "1")]
    [InlineData("required(x: $v)", "($v: Int!)", """{"v":null}""", "Variable \"$v\" of non-null type \"Int!\" must not be null.")]
    [InlineData("required(x: $v)", "($v: Int!)", "{}", "Variable \"$v\" of required type \"Int!\" was not provided.")]
    [InlineData("required(x: $v)", "($v: Int)", """{"v":1}""", "Variable \"$v\" of type \"Int\" used in position expecting type \"Int!\".")]
    [InlineData("required(x: $v)", "($v: Int = 1)", "{}", "1")]
    [InlineData("required(x: $v)", "($v: Int = 1)", """{"v":null}""", "Argument \"x\" of non-null type \"Int!\" must not be null.")]
    [InlineData("defaulted(x: $v)", "($v: Int)", "{}", "5")]
    [InlineData("strict(x: [1, null])", "", "{}", "Expected value of type \"Int!\", found null.")]
    public async Task Take_no_null_by_any_way(string selection, string declaration, string variables, string seen)
        => Assert.Equal(seen, await Echo.Seen(selection, declaration, variables));

    [Fact]
    [SpecSection("sec-Non-Null.Type-Validation")]
    public void Wrap_no_other_non_null()
        => Assert.Equal("Int! is non-null already. (Parameter 'ofType')", Assert.Throws<ArgumentException>(() => new NonNullType(new NonNullType(BuiltInScalars.Int))).Message);

    [Theory]
    [SpecSection("sec-Combining-List-and-Non-Null")]
    [InlineData("[Int]", "null", true)]
    [InlineData("[Int]", "[1,null]", true)]
    [InlineData("[Int!]", "null", true)]
    [InlineData("[Int!]", "[]", true)]
    [InlineData("[Int!]", "[1,null]", false)]
    [InlineData("[Int]!", "null", false)]
    [InlineData("[Int]!", "[1,null]", true)]
    [InlineData("[Int!]!", "null", false)]
    [InlineData("[Int!]!", "[1,null]", false)]
    [InlineData("[Int!]!", "[1,2]", true)]
    public async Task Combine_with_lists(string type, string value, bool isTaken)
    {
        var response = await Echo.Ask($"query ($v: {type}) {{ json(x: {{ list: $v }}) }}", $"{{\"v\":{value}}}");
        Assert.Equal(isTaken, response.StartsWith("{\"data\":", StringComparison.Ordinal));
    }

    [Theory]
    [SpecSection("sec-Non-Null.Result-Coercion")]
    [InlineData("requiredName", "Node.requiredName")]
    [InlineData("requiredChild { name }", "Node.requiredChild")]
    public async Task Are_never_answered_with_null(string selection, string field) => Assert.Equal(
        Expect.Failed(
            """{"node":null}""", Expect.Error($"Cannot return null for non-nullable field {field}.", 10, "node", selection.Split(' ')[0])),
        await Run.Async(Node.Schema(new Node(null)), $"{{ node {{ {selection} }} }}"));
}
