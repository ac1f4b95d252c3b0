using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>A request made to cost much, in less than the megabyte that a body may have.</summary>
/// <param name="Document">The text.</param>
/// <param name="Variables">The variables as JSON, or null.</param>
/// <param name="OperationName">The operation, or null.</param>
internal sealed record HostileDocument(string Document, string? Variables = null, string? OperationName = null)
{
    /// <summary>The body of an HTTP request: the document is escaped there, as JSON wants it.</summary>
    public byte[] Body
    {
        get
        {
            using var body = new MemoryStream();
            using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            {
                writer.WriteStartObject();
                writer.WriteString("query", Document);

                if (OperationName is not null)
                {
                    writer.WriteString("operationName", OperationName);
                }

                if (Variables is not null)
                {
                    writer.WritePropertyName("variables");
                    writer.WriteRawValue(Variables, skipInputValidation: true);
                }

                writer.WriteEndObject();
            }

            return body.ToArray();
        }
    }

    /// <summary>The same for all purposes, but with another text, so that no cache knows it.</summary>
    public HostileDocument Fresh(int number) => this with { Document = string.Create(CultureInfo.InvariantCulture, $"#{number}\n{Document}") };
}

/// <summary>The hostile requests, by what they try. Each does the worst that the limits leave room for, or goes far past them.</summary>
internal static class HostileDocuments
{
    private const int Megabyte = 990_000;
    private const string Job = "query ($ids: [Uuid]) { reconcileClusterMetadataJob(clusterIds: $ids) { failedClusterIds } }";

    private static readonly string Id = "c0ffee00-0000-7000-8000-000000000000";

    /// <summary>Every one, by a name that says what it tries.</summary>
    public static IReadOnlyDictionary<string, HostileDocument> All { get; } = Make();

    private static Dictionary<string, HostileDocument> Make() => new()
    {
        // Depth
        ["selection sets 100,000 deep"] = new(Nest("{a", 100_000, "}")),
        ["selection sets as deep as the parser reads"] = new(Nest("{a", 199, "}")),
        ["lists 400,000 deep"] = new($"{{ cluster(id: {Nest("[", 400_000, "]")}) {{ id }} }}"),
        ["lists as deep as the parser reads"] = new($"{{ cluster(id: {Nest("[", 190, "]")}) {{ id }} }}"),
        ["objects as deep as the parser reads"] = new($"{{ cluster(id: {Nest("{a:", 190, "}", "1")}) {{ id }} }}"),
        ["types of lists 400,000 deep"] = new($"query ($v: {Nest("[", 400_000, "]", "Int")}) {{ __typename }}"),
        ["types of lists as deep as the parser reads"] = new($"query ($v: {Nest("[", 190, "]", "Int")} = {Nest("[", 190, "]", "1")}) {{ cluster(id: $v) {{ id }} }}"),
        ["braces that never close"] = new(string.Concat(Enumerable.Repeat("{a", Megabyte / 2))),
        ["inline fragments 190 deep, side by side"] = new($"{{ {Repeat(8, _ => Nest("... {", 190, "}", "__typename"))} }}"),

        // Many of one thing
        ["1,000 aliases"] = new($"{{ {Repeat(1_000, i => $"b{i}: self {{ isAdmin }}")} }}"),
        ["30 aliases of the dearest field"] = new($"{{ {Repeat(15, i => $"a{i}: paginatedClusters(take: 100) {{ clusters {{ id name statusHistory {{ transitions {{ to }} }} }} }}")} }}"),
        ["10,000 directives"] = new($"{{ __typename {Repeat(10_000, _ => "@skip(if: false)")} }}"),
        ["1,600 directives within the tokens"] = new($"{{ {Repeat(400, i => "__typename @a @b @c @d")} }}"),
        ["1,600 directives at one place"] = new($"{{ __typename {Repeat(1_600, i => $"@d{i}")} }}"),
        ["600 operations"] = new(Repeat(600, i => $"query Q{i} {{ __typename }}"), OperationName: "Q599"),
        ["600 operations of one name"] = new(Repeat(600, _ => "query Q { __typename }")),
        ["1,000 anonymous operations"] = new(Repeat(1_000, _ => "{ __typename }")),
        ["1,000 variables"] = new($"query ({Repeat(1_000, i => $"$v{i}: Int")}) {{ __typename }}"),
        ["800 variables of one name"] = new($"query ({Repeat(800, _ => "$v: Int = 7")}) {{ paginatedClusters(take: $v) {{ count }} }}"),
        ["800 variables, and 60,000 others that are given"] = new(
            $"query ({Repeat(800, i => $"$v{i}: Uuid")}) {{ reconcileClusterMetadataJob(clusterIds: [{Repeat(800, i => $"$v{i}")}]) {{ failedClusterIds }} }}", Members(60_000)),
        ["800 variables that are all wrong"] = new(
            $"query ({Repeat(800, i => $"$m{i}: Uuid")}) {{ reconcileClusterMetadataJob(clusterIds: [{Repeat(800, i => $"$m{i}")}]) {{ failedClusterIds }} }}", Members(60_000)),
        ["1,000 variables that nobody declares"] = new($"{{ cluster({Repeat(1_000, i => $"a{i}: $v{i}")}) {{ id }} }}"),
        ["300 operations that share 1,000 uses of variables"] = new(
            Repeat(300, i => $"query Q{i} {{ ...F }}") + $" fragment F on Query {{ reconcileClusterMetadataJob(clusterIds: [{Repeat(1_000, i => $"$v{i % 7}")}]) {{ failedClusterIds }} }}"),
        ["150 operations that declare and share variables"] = new(
            Repeat(150, i => $"query Q{i}($v: Uuid) {{ ...F }}") + $" fragment F on Query {{ reconcileClusterMetadataJob(clusterIds: [{Repeat(1_500, _ => "$v")}]) {{ failedClusterIds }} }}", OperationName: "Q0"),
        ["1,200 arguments"] = new($"{{ paginatedClusters({Repeat(1_200, i => $"a{i}: 1")}) {{ count }} }}"),
        ["1,200 arguments of one name"] = new($"{{ paginatedClusters({Repeat(1_200, _ => "take: 1")}) {{ count }} }}"),
        ["4,900 elements of a list"] = new($"{{ reconcileClusterMetadataJob(clusterIds: [{Repeat(4_900, _ => "1")}]) {{ failedClusterIds }} }}"),
        ["4,900 ids in a list"] = new($"{{ reconcileClusterMetadataJob(clusterIds: [{Repeat(4_900, _ => $"\"{Id}\"")}]) {{ failedClusterIds }} }}"),
        ["1,600 members of an object"] = new($"mutation {{ updateCluster(id: \"{Id}\", statusReason: {{ {Repeat(1_600, i => $"m{i}: 1")} }}) {{ id }} }}"),
        ["1,600 members of one name"] = new($"mutation {{ updateCluster(id: \"{Id}\", statusReason: {{ {Repeat(1_600, _ => "m: 1")} }}) {{ id }} }}"),

        // Fragments
        ["a fragment that spreads itself"] = new("{ ...A } fragment A on Query { ...A __typename ...A }"),
        ["a ring of 500 fragments"] = new("{ ...F0 }" + Repeat(500, i => $"fragment F{i} on Query {{ ...F{(i + 1) % 500} }}")),
        ["350 fragments in two rings each"] = new("{ ...F0 }" + Repeat(350, i => $"fragment F{i} on Query {{ ...F{(i + 1) % 350} ...F{(i + 7) % 350} ...F0 }}")),
        ["a ring of long names"] = new($"{{ ...{Long(0)} }}" + Repeat(330, i => $"fragment {Long(i)} on Query {{ ...{Long((i + 1) % 330)} ...{Long(0)} }}")),
        ["fragments that double 300 times"] = new("{ ...F0 }" + Repeat(300, i => $"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}") + "fragment F300 on Query { __typename }"),
        ["fragments that double aliased fields"] = new("{ ...F0 }" + Repeat(200, i => $"fragment F{i} on Query {{ a{i}: __typename ...F{i + 1} ... {{ ...F{i + 1} }} }}") + "fragment F200 on Query { self { isAdmin } }"),
        ["fragments that all spread each other"] = new(
            $"{{ {Repeat(30, i => $"...F{i}")} }}" + Repeat(30, i => $"fragment F{i} on Query {{ {Repeat(30, j => j > i ? $"...F{j}" : "__typename")} }}")),
        ["a chain of 500 fragments"] = new("{ ...F0 }" + Repeat(499, i => $"fragment F{i} on Query {{ ...F{i + 1} }}") + " fragment F499 on Query { __typename }"),
        ["300 operations over a chain of 300 fragments"] = new(
            Repeat(300, i => $"query Q{i} {{ ...F{i} }}") + Repeat(300, i => $"fragment F{i} on Query {{ ...F{i + 1} }}") + " fragment F300 on Query { __typename }", OperationName: "Q0"),
        ["550 fragments that nobody spreads"] = new("{ __typename }" + Repeat(550, i => $"fragment F{i} on Query {{ __typename }}")),
        ["550 fragments of one name"] = new("{ ...F }" + Repeat(550, _ => "fragment F on Query { __typename }")),
        ["1,600 spreads of fragments that are missing"] = new($"{{ {Repeat(1_600, i => $"...F{i}")} }}"),
        ["800 inline fragments"] = new($"{{ {Repeat(800, _ => "... on Query { __typename }")} }}"),

        // Fields that overlap
        ["4,900 times one field"] = new($"{{ {Repeat(4_900, _ => "__typename")} }}"),
        ["1,200 times one field with a selection"] = new($"{{ {Repeat(1_200, _ => "self { isAdmin }")} }}"),
        ["380 times one field with arguments"] = new($"{{ {Repeat(380, _ => "paginatedClusters(take: 1, region: \"x\") { count }")} }}"),
        ["500 times one field with differing arguments"] = new($"{{ {Repeat(500, i => $"paginatedClusters(take: {i}) {{ count }}")} }}"),
        ["1,200 different fields under one name"] = new($"{{ self {{ user {{ {Repeat(1_200, i => i % 2 == 0 ? "x: id" : "x: username")} }} }} }}"),
        ["30 different fields under the names of 4,000 others"] = new($"{{ self {{ user {{ {Repeat(3_900, i => i % 2 == 0 ? "id" : "username")} {Repeat(30, i => i % 2 == 0 ? "id: username" : "username: id")} }} }} }}"),
        ["one conflict among 4,000 equal fields"] = new($"{{ self {{ user {{ {Repeat(4_000, _ => "id")} id: username }} }} }}"),
        ["equal fields nested and doubled"] = new($"{{ {Double("self { user { ", "self { user { ", 8)} }}"),
        ["a conflict deep inside 110 equal fields"] = new($"{{ paginatedClusters {{ {Repeat(110, i => $"clusters {{ statusHistory {{ transitions {{ {Repeat(15, j => "from at")} {(i == 109 ? "to: from" : "to")} }} }} }}")} }} }}"),
        ["conflicts deep inside 30 equal fields"] = new($"{{ paginatedClusters {{ {Repeat(30, i => $"clusters {{ statusHistory(take: {i}) {{ transitions {{ {Repeat(100, j => "from")} to: from }} }} }}")} }} }}"),
        ["pairs of fragments with nested fields"] = new(
            $"{{ self {{ {Repeat(110, i => $"...F{i}")} }} }}" + Repeat(110, i => $"fragment F{i} on AuthUser {{ user {{ id ...G{i} }} }} fragment G{i} on User {{ username profile {{ id }} }}")),
        ["pairs of fragments with one conflict at the end"] = new(
            $"{{ self {{ {Repeat(110, i => $"...F{i}")} }} }}" + Repeat(110, i => $"fragment F{i} on AuthUser {{ user {{ id ...G{i} }} }} fragment G{i} on User {{ username {(i == 109 ? "id: username" : "id")} }}")),
        ["pairs of fragments with conflicts only"] = new(
            $"{{ self {{ {Repeat(110, i => $"...F{i}")} }} }}" + Repeat(110, i => $"fragment F{i} on AuthUser {{ user {{ id ...G{i} }} }} fragment G{i} on User {{ {(i % 4 == 0 ? "username: id" : "username")} }}")),
        ["fragments that spread each other in rising order, with differing arguments"] = new(
            "{ ...F0 }" + Repeat(80, i => $"fragment F{i} on Query {{ paginatedClusters(take: {i}) {{ count }} {Repeat(20, j => i + j < 79 ? $"...F{i + 1 + j}" : "__typename")} }}")),
        ["fragments that spread each other in rising order, with one that differs"] = new(
            "{ ...F0 }" + Repeat(80, i => $"fragment F{i} on Query {{ paginatedClusters(take: {(i == 79 ? 2 : 1)}) {{ count }} {Repeat(20, j => i + j < 79 ? $"...F{i + 1 + j}" : "__typename")} }}")),
        ["fragments that double inside fields, with one that differs"] = new(
            "{ paginatedClusters { ...F0 } }" + Repeat(200, i => $"fragment F{i} on ClusterPage {{ clusters {{ statusHistory(take: {(i == 199 ? 2 : 1)}) {{ count }} }} ...F{i + 1} ...F{Math.Min(i + 2, 200)} }}") + "fragment F200 on ClusterPage { count }"),
        ["inline fragments with overlapping fields"] = new(
            $"{{ self {{ {Repeat(300, i => "... on AuthUser { user { id ... on User { username } } }")} }} }}"),
        ["one field with 700 arguments twice"] = new($"{{ {Repeat(2, _ => $"cluster({Repeat(700, i => $"a{i}: 1")}) {{ id }}")} }}"),
        ["long lists compared again and again"] = new($"{{ {Repeat(9, _ => $"reconcileClusterMetadataJob(clusterIds: [{Repeat(500, _ => "1")}]) {{ failedClusterIds }}")} }}"),

        // Long texts
        ["a megabyte of blanks"] = new("{ __typename " + new string(' ', Megabyte) + "}"),
        ["half a megabyte of line ends"] = new("{ nothing " + new string('\n', Megabyte / 2) + "}"),
        ["a megabyte of comments"] = new("{ __typename " + string.Concat(Enumerable.Repeat("#\n", Megabyte / 4)) + "}"),
        ["one comment of a megabyte"] = new("{ __typename #" + new string('x', Megabyte) + "\n}"),
        ["a field's name of a megabyte"] = new($"{{ {new string('x', Megabyte)} }}"),
        ["an alias of a megabyte"] = new($"{{ {new string('x', Megabyte)}: __typename }}"),
        ["an operation's name of a megabyte, quoted in each error"] = new($"query {new string('x', Megabyte - 10_000)} {{ cluster({Repeat(800, i => $"a{i}: $v{i}")}) {{ id }} }}"),
        ["a variable's name of half a megabyte, twice"] = new($"query (${new string('v', Megabyte / 2)}: Int) {{ cluster(id: ${new string('v', Megabyte / 2)}) {{ id }} }}"),
        ["a string of a megabyte"] = new($"{{ cluster(id: \"{new string('x', Megabyte)}\") {{ id }} }}"),
        ["a string that never ends"] = new($"{{ cluster(id: \"{new string('x', Megabyte)}"),
        ["a string of Unicode escapes"] = new($"{{ cluster(id: \"{string.Concat(Enumerable.Repeat("\\u0041", Megabyte / 7))}\") {{ id }} }}"),
        ["a string of short escapes"] = new($"{{ cluster(id: \"{string.Concat(Enumerable.Repeat("\\n", Megabyte / 3))}\") {{ id }} }}"),
        ["a block string of short lines"] = new($"{{ cluster(id: \"\"\"{string.Concat(Enumerable.Repeat("x\n", Megabyte / 3))}\"\"\") {{ id }} }}"),
        ["a block string of a megabyte of lines"] = new($"{{ cluster(id: \"\"\"{string.Concat(Enumerable.Range(0, Megabyte / 22).Select(i => new string(' ', i % 36) + "x\n"))}\"\"\") {{ id }} }}"),
        ["a block string of quotes"] = new($"{{ cluster(id: \"\"\"{string.Concat(Enumerable.Repeat("\\\"\"\" ", Megabyte / 9))}\"\"\") {{ id }} }}"),
        ["a block string of blank lines"] = new($"{{ cluster(id: \"\"\"{new string('\n', Megabyte / 2)}\"\"\") {{ id }} }}"),
        ["a whole number of a megabyte"] = new($"{{ paginatedClusters(take: {new string('9', Megabyte)}) {{ count }} }}"),
        ["a fraction of a megabyte"] = new($"{{ paginatedClusters(take: 0.{new string('9', Megabyte)}) {{ count }} }}"),
        ["a number with a huge exponent"] = new("{ paginatedClusters(take: 1e999999999) { count } }"),
        ["100 numbers of 9,000 digits"] = new($"{{ reconcileClusterMetadataJob(clusterIds: [{Repeat(100, _ => new string('9', 9_000))}]) {{ failedClusterIds }} }}"),
        ["half pairs of surrogates"] = new($"{{ cluster(id: \"{string.Concat(Enumerable.Repeat("\\ud800", Megabyte / 7))}\") {{ id }} }}"),
        ["a megabyte of commas"] = new("{ __typename " + new string(',', Megabyte) + "}"),
        ["a megabyte of tokens"] = new(string.Concat(Enumerable.Repeat("a ", Megabyte / 2))),
        ["a megabyte of brackets"] = new(new string('{', Megabyte)),
        ["a megabyte of nothing that is a token"] = new(new string('?', Megabyte)),

        // Suggestions
        ["2,400 fields that resemble others"] = new($"{{ self {{ user {{ {Repeat(1_200, i => $"usernam{(char)('f' + (i % 20))}")} }} }} }}"),
        ["1,000 types that resemble others"] = new($"query ({Repeat(1_000, i => $"$v{i}: ClusterStatu{(char)('f' + (i % 10))}")}) {{ __typename }}"),
        ["1,200 arguments that resemble others"] = new($"{{ paginatedClusters({Repeat(1_200, i => $"searchPhras{(char)('f' + (i % 10))}: 1")}) {{ count }} }}"),
        ["315 words that resemble others"] = new($"{{ {Repeat(15, i => $"a{i}: paginatedClusters(status: ACTIV{(char)('F' + i)}) {{ count }}")} {Repeat(300, i => $"paginatedClusters(sortBy: NAM{i}) {{ count }}")} }}"),
        ["names as long as the longest that is suggested, 30,000 characters in all"] = new($"{{ {Repeat(800, i => new string((char)('a' + (i % 26)), 40))} }}"),

        // Variables
        ["250,000 elements that are wrong"] = new(Job, $$"""{"ids":[{{Join(Megabyte / 5, "true")}}]}"""),
        ["250,000 strings that are no ids"] = new(Job, $$"""{"ids":[{{Join(Megabyte / 4, "\"x\"")}}]}"""),
        ["25,000 ids"] = new(Job, $$"""{"ids":[{{Join(Megabyte / 39, $"\"{Id}\"")}}]}"""),
        ["495,000 nulls in a list"] = new(Job, $$"""{"ids":[{{Join(Megabyte / 5, "null")}}]}"""),
        ["lists in lists"] = new(Job, $$"""{"ids":{{Nest("[", 60, "]", "1")}}}"""),
        ["lists 400,000 deep in variables"] = new(Job, $$"""{"ids":{{Nest("[", 400_000, "]", "1")}}}"""),
        ["an id of a megabyte"] = new("query ($id: Uuid!) { cluster(id: $id) { id } }", $$"""{"id":"{{new string('a', Megabyte)}}"}"""),
        ["a number of a megabyte in variables"] = new("query ($n: Int) { paginatedClusters(take: $n) { count } }", $$"""{"n":{{new string('9', Megabyte)}}}"""),
        ["a number with a huge exponent in variables"] = new("query ($n: Int) { paginatedClusters(take: $n) { count } }", """{"n":1e999999999}"""),
        ["the largest number"] = new("query ($n: Int) { paginatedClusters(take: $n) { clusters { id } } }", """{"n":2147483647}"""),
        ["a search for half a megabyte of wildcards"] = new("query ($s: String) { paginatedClusters(searchPhrase: $s) { count } }", $$"""{"s":"{{new string('%', Megabyte / 2)}}"}"""),
        ["JSON of half a megabyte"] = new("mutation ($j: JSON) { updateCluster(id: \"" + Id + "\", statusReason: $j) { id } }", $$"""{"j":{{Members(60_000)}}}"""),
        ["an object where an id belongs"] = new("query ($id: Uuid!) { cluster(id: $id) { id } }", $$"""{"id":{{Members(60_000)}}}"""),
        ["one variable 120,000 times"] = new("query ($n: Int) { paginatedClusters(take: $n) { count } }", $$"""{{{Join(Megabyte / 7, "\"n\":1")}}}"""),

        // Introspection
        ["introspection 20 deep"] = new($"{{ __schema {{ types {Nest("{ ofType ", 18, "}", "{ name }")} }} }}"),
        ["introspection that recurs"] = new($"{{ __schema {{ types {Nest("{ fields { type ", 6, "} }", "{ name }")} }} }}"),
        ["introspection that recurs through fragments"] = new(
            "{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } } fragment B on __Type { fields { type { ...A } } }"),
        ["introspection as wide as the rules let it be"] = new($"{{ __schema {{ types {{ fields {{ {WideField("fields { " + WideField("name") + " }")} }} }} }} }}"),
        ["introspection with 30 long answers for each field"] = new($"{{ __schema {{ types {{ fields {{ type {{ fields {{ {Repeat(30, i => $"d{i}: description")} }} }} }} }} }} }}"),
        ["the widest introspection 3 times"] = new(
            $"{{ {Repeat(3, i => $"a{i}: __schema {{ types {{ ...T }} }}")} }} fragment T on __Type {{ fields {{ {WideField("fields { " + WideField("name") + " }")} }} }}"),
    };

    private static string WideField(string inType)
        => $"name description isDeprecated deprecationReason args {{ name description defaultValue type {{ kind name description ofType {{ name kind }} }} }} type {{ kind name description {inType} ofType {{ name kind description {inType} }} }}";

    private static string Double(string open, string other, int times)
        => times == 0 ? "" : $"{open} id {(times > 1 ? "" : "username")} }} }} {other} id }} }} {Double(open, other, times - 1)} {Double(open, other, times - 1)}";

    private static string Long(int i) => string.Create(CultureInfo.InvariantCulture, $"F{i}{new string('x', 900)}");

    private static string Nest(string open, int times, string close, string inside = "")
        => string.Concat(Enumerable.Repeat(open, times)) + inside + string.Concat(Enumerable.Repeat(close, times));

    private static string Members(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{i}"))}}}";

    private static string Join(int count, string element) => string.Join(',', Enumerable.Repeat(element, count));

    private static string Repeat(int count, Func<int, string> text)
    {
        var all = new StringBuilder();

        for (var i = 0; i < count; i++)
        {
            all.Append(text(i)).Append(' ');
        }

        return all.ToString();
    }
}
