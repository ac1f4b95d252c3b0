using System.Text;

namespace Apc.Fuzz.Tests;

/// <summary>Documents that are made to cost much: deep, wide, long, or worse than they look.</summary>
internal static class Bombs
{
    private static readonly Func<int, string>[] Makers =
    [
        // Deep.
        n => Repeat("{a", n) + Repeat("}", n),
        n => Repeat("{tug", n),
        n => "{" + Repeat("...{", n) + "sum" + Repeat("}", n) + "}",
        n => "{" + Repeat("... on Query{", n) + "sum" + Repeat("}", n) + "}",
        n => "{tug{" + Repeat("towing{...on Tug{", n) + "name" + Repeat("}}", n) + "}}",
        n => "{sailor" + Repeat("{vessel{captain", n) + "{name}" + Repeat("}}", n) + "}",
        n => "{berths" + Repeat("{neighbours", n) + "{number}" + Repeat("}", n) + "}",
        n => "{echo(any:" + Repeat("[", n) + Repeat("]", n) + ")}",
        n => "{echo(any:" + Repeat("{a:", n) + "1" + Repeat("}", n) + ")}",
        n => "{echo(filter:" + Repeat("{not:", n) + "{}" + Repeat("}", n) + ")}",
        n => "{echo(matrix:" + Repeat("[", n) + "1" + Repeat("]", n) + ")}",
        n => "query($v:" + Repeat("[", n) + "Int" + Repeat("]", n) + "){echo(any:$v)}",
        n => "query($v:Any=" + Repeat("[{a:", n) + "1" + Repeat("}]", n) + "){echo(any:$v)}",
        n => "{__type(name:\"Tug\"){" + Repeat("fields{type{", n) + "name" + Repeat("}}", n) + "}}",
        n => "{__schema{types" + Repeat("{ofType", n) + "{name}" + Repeat("}", n) + "}}",

        // Wide.
        n => "{" + Each(n, i => $"a{i}:sum ") + "}",
        n => "{" + Repeat("sum ", n) + "}",
        n => "{" + Each(n, i => $"a{i}:tug{{name captain{{name}}}}") + "}",
        n => "{tug{" + Repeat("name ", n) + "name:id}}",
        n => "{" + Each(n, i => $"x:echo(int:{i})") + "}",
        n => "{" + Each(n, i => $"x{i}:vessel(id:{i}){{...on Tug{{v:pull}}...on Ferry{{v:name}}}}") + "}",
        n => "{tug{" + Each(n, i => $"captain{{x{i % 7}:{(i % 2 == 0 ? "name" : "nickname")}}}") + "}}",
        n => "{" + Each(n, i => $"unknown{i} ") + "}",
        n => "{" + Each(n, i => $"sailor(name:\"{i}\",nam:1){{nam}}") + "}",
        n => "{sum" + Repeat("@tag(name:\"x\")", n) + "}",
        n => "{" + Each(n, i => $"a{i}:sum@skip(if:false)@include(if:true)@tag(name:\"{i}\")") + "}",
        n => "query(" + Each(n, i => $"$v{i}:Int=1 ") + "){echo(ints:[" + Each(n, i => $"$v{i} ") + "])}",
        n => "query(" + Each(n, i => $"$v{i}:Boolean=true ") + "){" + Each(n, i => $"...@include(if:$v{i}){{sum}}") + "}",
        n => "{echo(ints:[" + Repeat("1,", n) + "],required:[" + Repeat("null ", n) + "])}",
        n => "{echo(any:{" + Each(n, i => $"a{i}:1 ") + "})}",
        n => "{echo(filter:{" + Repeat("name:\"a\" ", n) + "})}",
        n => "{echo(vessel:{name:\"x\" crew:[" + Repeat("{name:1}", n) + "]})}",
        n => Each(n, i => $"query Q{i % 50}{{sum}}"),
        n => Each(n, i => $"type T{i}{{a:Int}}") + "{sum}",

        // Fragments: chains, circles, doubling, everybody with everybody.
        n => "{...F0}" + Each(n, i => $"fragment F{i} on Query{{...F{i + 1} sum}}") + $"fragment F{n} on Query{{sum}}",
        n => "{...F0}" + Each(n, i => $"fragment F{n - i} on Query{{sum ...F{n - i + 1}}}") + "fragment F0 on Query{...F1}",
        n => "{...F0}" + Each(n, i => $"fragment F{i} on Query{{...F{(i + 1) % n}}}"),
        n => "{...F0}" + Each(n, i => $"fragment F{i} on Query{{...F{i + 1}...F{i + 1}}}") + $"fragment F{n} on Query{{sum}}",
        n => "{tug{...F0}}" + Each(n, i => $"fragment F{i} on Tug{{a:towing{{...F{i + 1}}}b:towing{{...F{i + 1}}}}}") + $"fragment F{n} on Tug{{name}}",
        n => "{" + Each(Root(n), i => $"...F{i} ") + "}" + Each(Root(n), i => $"fragment F{i} on Query{{" + Each(Root(n), j => $"...F{j} ") + "}"),
        n => "{vessels{" + Each(Root(n), i => $"...F{i} ") + "}}"
            + Each(Root(n), i => $"fragment F{i} on Vessel{{captain{{x:{(i % 2 == 0 ? "name" : "nickname")}}}sister{{" + Each(Root(n) - i - 1, j => $"...F{i + j + 1} ") + "name}}"),
        n => "query(" + Each(Root(n), i => $"$v{i}:Int ") + "){" + Each(Root(n), i => $"...F{i} ") + "}" + Each(Root(n), i => $"fragment F{i} on Query{{...F{i + 1} e:echo(int:$v{i})}}"),
        n => Each(Root(n), i => $"query Q{i}{{...F0}}") + Each(Root(n), i => $"fragment F{i} on Query{{...F{i + 1} echo(int:$missing{i})}}"),
        n => "{...@include(if:true){...F}}fragment F on Query{moored{" + Repeat("...on Tug{captain{name}}...on Ferry{captain{name}}...on Landmark{...on Buoy{number}}", n) + "}}",

        // Long.
        n => "{" + new string('a', n * 20) + "}",
        n => "{tug{" + new string('n', n * 20) + "}}",
        n => "{echo(rank:" + new string('C', n * 20) + ")}",
        n => "{...on " + new string('T', n * 20) + "{sum}}",
        n => "{echo(string:\"" + new string('x', n * 20) + "\")}",
        n => "{echo(string:\"" + Repeat("\\u{1F600}\\n", n) + "\")}",
        n => "{echo(string:\"\"\"" + Repeat("  \n \"\" \\\"\"\"\r\n", n) + "\"\"\")}",
        n => "{echo(string:\"\"\"" + Each(n, i => new string(' ', i % 40) + "x\n") + "\"\"\")}",
        n => "{echo(int:" + new string('9', n * 20) + ")}",
        n => "{echo(float:1" + new string('0', n * 20) + ".5e-" + n + ")}",
        n => "{echo(float:0." + new string('0', n * 20) + "1e" + n + ",id:" + new string('7', n * 10) + ")}",
        n => "{sum #" + new string('c', n * 20) + "\n}",
        n => "{" + Repeat("#\n", n) + "sum" + Repeat(",", n) + "}" + Repeat("\uFEFF \r\n", n),
        n => "{sum @" + new string('d', n * 20) + "}",
        n => "query " + new string('Q', n * 20) + "($" + new string('v', n * 20) + ":Int){sum}",

        // Open at the end.
        n => "{echo(string:\"" + new string('x', n),
        n => "{echo(string:\"\"\"" + Repeat("\"\"", n),
        n => Repeat("{a(b:[{c:", n),
        n => "\"\"\"" + Repeat("\\\"\"\"", n),
        n => Repeat("\\u{", n),
        n => Repeat("\uD83D", n),
    ];

    /// <summary>One of them, from small to a hundred thousand characters.</summary>
    public static string Make(Random random)
    {
        var size = 1 + (int)Math.Pow(10, random.NextDouble() * 3.5);
        return Damage.Pick(random, Makers)(size);
    }

    private static int Root(int n) => (int)Math.Sqrt(n) + 1;

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, Math.Max(count, 0)).Select(text));
}
