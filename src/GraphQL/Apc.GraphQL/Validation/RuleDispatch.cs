using System.Reflection;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>Which rules of a list look at which kinds of nodes, by the methods they override. Found once for a list.</summary>
internal sealed class RuleDispatch
{
    private readonly byte[][] _entering;
    private readonly byte[][] _leaving;

    /// <summary>Reads the overrides of the rules' types; an index is a rule's place in this list.</summary>
    public RuleDispatch(IReadOnlyList<Type> ruleTypes)
    {
        var overrides = ruleTypes.Select(OverridesOf).ToArray();
        _entering = ByKind(overrides, nameof(ValidationRule.Enter));
        _leaving = ByKind(overrides, nameof(ValidationRule.Leave));
    }

    /// <summary>Rules that look at nodes of this kind on the way down, in the order of the list.</summary>
    public ReadOnlySpan<byte> Entering(SyntaxKind kind) => _entering[(int)kind];

    /// <summary>Rules that look at nodes of this kind on the way up, in the order of the list.</summary>
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

    // A node class is its kind with "Node" behind it.
    private static SyntaxKind KindOf(Type nodeType) => Enum.Parse<SyntaxKind>(nodeType.Name[..^"Node".Length]);
}
