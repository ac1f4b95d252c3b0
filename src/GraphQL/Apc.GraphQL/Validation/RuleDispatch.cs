using System.Reflection;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>
/// The rules of a list by the kinds of nodes that they handle, found from the methods they override. Made once for a list.
/// </summary>
internal sealed class RuleDispatch
{
    private readonly byte[][] _entering;
    private readonly byte[][] _leaving;

    /// <summary>Reads the overrides of the rules' types. The index of a rule is its index in this list.</summary>
    public RuleDispatch(IReadOnlyList<Type> ruleTypes)
    {
        var overrides = ruleTypes.Select(OverridesOf).ToArray();
        _entering = ByKind(overrides, nameof(ValidationRule.Enter));
        _leaving = ByKind(overrides, nameof(ValidationRule.Leave));
    }

    /// <summary>The rules with an <c>Enter</c> for this kind of node, in the order of the list.</summary>
    public ReadOnlySpan<byte> Entering(SyntaxKind kind) => _entering[(int)kind];

    /// <summary>The rules with a <c>Leave</c> for this kind of node, in the order of the list.</summary>
    public ReadOnlySpan<byte> Leaving(SyntaxKind kind) => _leaving[(int)kind];

    private static byte[][] ByKind(HashSet<(string Method, SyntaxKind Kind)>[] overrides, string method)
        => [.. Enum.GetValues<SyntaxKind>().Select(kind => IndexesOf(overrides, method, kind))];

    private static byte[] IndexesOf(HashSet<(string Method, SyntaxKind Kind)>[] overrides, string method, SyntaxKind kind)
        => [.. Enumerable.Range(0, overrides.Length).Where(i => overrides[i].Contains((method, kind))).Select(i => (byte)i)];

    private static HashSet<(string Method, SyntaxKind Kind)> OverridesOf(Type ruleType)
        => [.. ruleType
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.Name is nameof(ValidationRule.Enter) or nameof(ValidationRule.Leave))
            .Select(m => (m.Name, KindOf(m.GetParameters()[0].ParameterType)))];

    // The name of a node class is its kind and the suffix "Node".
    private static SyntaxKind KindOf(Type nodeType) => Enum.Parse<SyntaxKind>(nodeType.Name[..^"Node".Length]);
}
