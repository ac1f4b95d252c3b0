using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Handling-Execution-Errors")]
public class NullPropagationTests
{
    [Theory]
    [InlineData("requiredName", "requiredName")]
    [InlineData("lateRequiredName", "lateRequiredName")]
    [InlineData("requiredName", "x: requiredName")]
    public async Task Makes_the_object_null_whose_required_leaf_is_null(string field, string selection) => Assert.Equal(
        Expect.Failed(
            """{"node":null}""",
            Expect.Error($"Cannot return null for non-nullable field Node.{field}.", 10, "node", selection.Split(':')[0])),
        await Run.Async(Node.Schema(new Node(null)), $"{{ node {{ {selection} }} }}"));

    [Fact]
    [SpecSection("sec-Executing-Collected-Fields.Errors-and-Non-Null-Types")]
    [SpecSection("sec-Non-Null.Result-Coercion")]
    public async Task Goes_up_to_the_nearest_object_that_may_be_null() => Assert.Equal(
        Expect.Failed(
            """{"node":{"name":"a","child":null,"x":"a"}}""",
            Expect.Error(
                "Cannot return null for non-nullable field Node.requiredName.", 49, "node", "child", "requiredChild", "requiredName")),
        await Run.Async(
            Node.Schema(new Node("a", new Node("b", new Node(null)))),
            "{ node { name child { name requiredChild { name requiredName } } x: name } }"));

    [Fact]
    public async Task Goes_up_to_the_root() => Assert.Equal(
        Expect.Failed("null", Expect.Error("Cannot return null for non-nullable field Node.requiredName.", 33, "requiredNode", "requiredName")),
        await Run.Async(Node.Schema(new Node(null)), "{ t: __typename requiredNode  { requiredName } }"));

    [Fact]
    public async Task Makes_the_root_null_where_a_required_field_of_it_is_null() => Assert.Equal(
        Expect.Failed("null", Expect.Error("Cannot return null for non-nullable field Query.requiredNode.", 3, "requiredNode")),
        await Run.Async(Node.Schema(null), "{ requiredNode { name } }"));

    [Theory]
    [SpecSection("sec-List.Result-Coercion")]
    [InlineData("children")]
    [InlineData("requiredChildren")]
    [InlineData("lateChildren")]
    public async Task Leaves_a_null_element_where_the_list_allows_it(string field) => Assert.Equal(
        Expect.Data($$$"""{"node":{"{{{field}}}":[{"name":"b"},null,{"name":"c"}]}}"""),
        await Run.Async(Node.Schema(new Node("a", new Node("b"), null, new Node("c"))), $"{{ node {{ {field} {{ name }} }} }}"));

    [Theory]
    [SpecSection("sec-List.Result-Coercion")]
    [InlineData("childrenOfRequired", """{"node":{"childrenOfRequired":null}}""")]
    [InlineData("requiredChildrenOfRequired", """{"node":null}""")]
    [InlineData("lateChildrenOfRequired", """{"node":{"lateChildrenOfRequired":null}}""")]
    public async Task Makes_the_list_null_where_no_element_may_be(string field, string data) => Assert.Equal(
        Expect.Failed(data, Expect.Error($"Cannot return null for non-nullable field Node.{field}.", 10, "node", field, 1)),
        await Run.Async(Node.Schema(new Node("a", new Node("b"), null, new Node("c"))), $"{{ node {{ {field} {{ name }} }} }}"));

    [Theory]
    [InlineData("children", """{"node":{"children":[{"requiredName":"b"},null,{"requiredName":"c"}]}}""")]
    [InlineData("requiredChildren", """{"node":{"requiredChildren":[{"requiredName":"b"},null,{"requiredName":"c"}]}}""")]
    [InlineData("childrenOfRequired", """{"node":{"childrenOfRequired":null}}""")]
    [InlineData("requiredChildrenOfRequired", """{"node":null}""")]
    [InlineData("lateChildren", """{"node":{"lateChildren":[{"requiredName":"b"},null,{"requiredName":"c"}]}}""")]
    [InlineData("lateChildrenOfRequired", """{"node":{"lateChildrenOfRequired":null}}""")]
    public async Task Judges_an_element_that_became_null_by_the_type_of_the_list(string field, string data) => Assert.Equal(
        Expect.Failed(
            data,
            Expect.Error(
                "Cannot return null for non-nullable field Node.requiredName.", 13 + field.Length, "node", field, 1, "requiredName")),
        await Run.Async(
            Node.Schema(new Node("a", new Node("b"), new Node(null), new Node("c"))), $"{{ node {{ {field} {{ requiredName }} }} }}"));

    [Theory]
    [InlineData("lateRequiredName")]
    [InlineData("requiredName")]
    public async Task Propagates_alike_whether_the_leaf_was_resolved_or_read(string leaf) => Assert.Equal(
        Expect.Failed(
            """{"node":{"children":[null]}}""",
            Expect.Error($"Cannot return null for non-nullable field Node.{leaf}.", 21, "node", "children", 0, leaf)),
        await Run.Async(Node.Schema(new Node("a", new Node(null))), $"{{ node {{ children {{ {leaf} }} }} }}"));

    [Fact]
    public async Task Records_one_error_for_one_null()
    {
        // The second and third null would go where there is null already.
        var tree = new Node("a", new Node(null), new Node(null));

        Assert.Equal(
            Expect.Failed(
                """{"node":{"childrenOfRequired":null}}""",
                Expect.Error("Cannot return null for non-nullable field Node.requiredName.", 31, "node", "childrenOfRequired", 0, "requiredName")),
            await Run.Async(Node.Schema(tree), "{ node { childrenOfRequired { requiredName x: requiredName } } }"));
    }

    [Fact]
    public async Task Keeps_errors_that_were_recorded_deeper_before()
    {
        var outer = Object<Node>(
            "Outer",
            Pure<Node, string?>("fails", Text, _ => throw new InvalidOperationException()),
            Pure<Node, string?>("isNull", Text.Required(), _ => null));

        Assert.Equal(
            Expect.Failed(
                """{"outer":null}""",
                Expect.Masked(11, "outer", "fails"),
                Expect.Error("Cannot return null for non-nullable field Outer.isNull.", 17, "outer", "isNull")),
            await Run.Async(new Schema(Object("Query", Now("outer", outer, _ => new Node("a")))), "{ outer { fails isNull } }"));
    }

    [Theory]
    [SpecSection("sec-Combining-List-and-Non-Null")]
    [InlineData("a", """{"a":[[1,null],null,[2,3]]}""")]
    [InlineData("b", """{"b":[null,null,[2,3]]}""", 0, 1)]
    [InlineData("c", """{"c":null}""", 1)]
    [InlineData("d", """{"d":null}""", 0, 1)]
    public async Task Judges_each_level_of_nested_lists(string field, string data, params int[] indices)
    {
        object?[] matrix = [new object?[] { 1, null }, null, new object?[] { 2, 3 }];
        var schema = new Schema(Object(
            "Query",
            Now("a", Int.List().List(), _ => matrix),
            Now("b", Int.Required().List().List(), _ => matrix),
            Now("c", Int.List().Required().List(), _ => matrix),
            Now("d", Int.Required().List().Required().List(), _ => matrix)));

        Assert.Equal(
            indices.Length == 0
                ? Expect.Data(data)
                : Expect.Failed(data, Expect.Error($"Cannot return null for non-nullable field Query.{field}.", 3, [field, .. indices])),
            await Run.Async(schema, $"{{ {field} }}"));
    }
}
