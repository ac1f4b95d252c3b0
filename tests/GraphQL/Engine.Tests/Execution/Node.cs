using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

/// <summary>A tree with a name at each node: enough shape for most tests of execution.</summary>
internal sealed record Node(string? Name, params Node?[] Children)
{
    /// <summary>Counts in a fixed order, so that a test can say how often something was read.</summary>
    public int Reads { get; set; }

    /// <summary>
    /// <c>name</c>, <c>child</c> and <c>children</c> follow from the parent; <c>lateName</c>, <c>lateChild</c> and <c>lateChildren</c> are
    /// the same by way of a delegate that answers after a while. A node named <c>!</c> has a name that cannot be read.
    /// </summary>
    public static ObjectType Type { get; } = new("Node", () => [
        Pure<Node, string?>("name", Text, NameOf),
        Pure<Node, string?>("requiredName", Text.Required(), NameOf),
        Pure<Node, Node?>("child", Type!, n => n.Children.FirstOrDefault()),
        Pure<Node, Node?>("requiredChild", Type!.Required(), n => n.Children.FirstOrDefault()),
        Pure<Node, IReadOnlyList<Node?>>("children", Type!.List(), n => n.Children),
        Pure<Node, IReadOnlyList<Node?>>("childrenOfRequired", Type!.Required().List(), n => n.Children),
        Pure<Node, IReadOnlyList<Node?>>("requiredChildren", Type!.List().Required(), n => n.Children),
        Pure<Node, IReadOnlyList<Node?>>("requiredChildrenOfRequired", Type!.Required().List().Required(), n => n.Children),
        Later("lateName", Text, async c => { await Task.Yield(); return NameOf((Node)c.Parent!); }),
        Later("lateRequiredName", Text.Required(), async c => { await Task.Yield(); return NameOf((Node)c.Parent!); }),
        Later("lateChild", Type!, async c => { await Task.Yield(); return ((Node)c.Parent!).Children.FirstOrDefault(); }),
        Later("lateRequiredChild", Type!.Required(), async c => { await Task.Yield(); return ((Node)c.Parent!).Children.FirstOrDefault(); }),
        Later("lateChildren", Type!.List(), async c => { await Task.Yield(); return ((Node)c.Parent!).Children; }),
        Later("lateChildrenOfRequired", Type!.Required().List(), async c => { await Task.Yield(); return ((Node)c.Parent!).Children; }),
    ], clrType: typeof(Node));

    /// <summary>A schema whose queries begin at this node: <c>node</c>, <c>requiredNode</c> and, with a delay, <c>lateNode</c>.</summary>
    public static Schema Schema(Node? root) => new(Object(
        "Query",
        Now("node", Type, _ => root),
        Now("requiredNode", Type.Required(), _ => root),
        Later("lateNode", Type, async _ => { await Task.Yield(); return root; })));

    private static string? NameOf(Node node)
    {
        node.Reads++;
        return node.Name == "!" ? throw new InvalidOperationException("The name is secret.") : node.Name;
    }
}
