using System.Text;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Documents of an exact size.</summary>
internal static class Documents
{
    public static string Repeat(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text));

    /// <summary>As many tokens: a field each, and two braces.</summary>
    public static string Tokens(int count) => $"{{ {Repeat(count - 2, _ => "__typename")} }}";

    /// <summary>As many levels of braces: the selection set's own, and objects in a value.</summary>
    public static string Nested(int levels)
        => $"mutation{{updateCluster(id:\"00000000-0000-0000-0000-000000000000\",statusReason:{Nest("{a:", levels - 1, "}", "1")}){{id}}}}";

    /// <summary>Fields as deep.</summary>
    public static string Deep(int fields) => Nest("{ self ", fields, "}");

    /// <summary>Fields as deep inside <c>__schema</c>.</summary>
    public static string DeepIntrospection(int fields) => $"{{ __schema {{ types {Nest("{ ofType ", fields - 2, "}", "{ name }")} }} }}";

    /// <summary>As many aliases.</summary>
    public static string Aliases(int count) => $"{{ __type(name: \"Query\") {{ {Repeat(count, i => $"a{i}: name")} }} }}";

    /// <summary>The same root field as often; all but the first need an alias.</summary>
    public static string Repeats(int count) => $"{{ __type(name: \"Int\") {{ name }} {Repeat(count - 1, i => $"a{i}: __type(name: \"Int\") {{ name }}")} }}";

    /// <summary>As many directives at one place; the rules know but two that may stand at a field, once each.</summary>
    public static string DirectivesAtOnePlace(int count) => $"{{ __typename {Repeat(count, _ => "@skip(if: false)")} }}";

    /// <summary>As many directives in all.</summary>
    public static string Directives(int count) => $"{{ {Repeat(count, _ => "__typename @skip(if: false)")} }}";

    /// <summary>Fewer than 60 tokens that select more than 60 times: a fragment is planned anew in each place.</summary>
    public static string Spread()
        => $"{{ {Repeat(3, i => $"a{i}: self {{ ...F }}")} }} fragment F on AuthUser {{ {Repeat(28, _ => "__typename")} }}";

    /// <summary>A list of clusters at a price: 2 for the page, the rest for the elements.</summary>
    public static string Priced(int alias, int take, int fields)
        => $"p{alias}: paginatedClusters(take: {take}) {{ clusters {{ {Repeat(fields, _ => "id")} }} }}";

    private static string Nest(string open, int times, string close, string inside = "")
        => new StringBuilder().Insert(0, open, times).Append(inside).Insert(open.Length * times + inside.Length, close, times).ToString();
}
