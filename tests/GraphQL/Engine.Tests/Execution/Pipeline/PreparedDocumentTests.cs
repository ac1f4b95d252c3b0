using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Planning;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

public class PreparedDocumentTests
{
    [Fact]
    public void Counts_each_plan_that_it_keeps()
    {
        var document = Prepare("query ($a: Boolean!) { node { name @include(if: $a) child { name } } }");
        var sizes = new List<long> { document.Bytes };

        foreach (var variables in (string[])["""{"a":true}""", """{"a":true}""", """{"a":false}"""])
        {
            Plan(document, variables);
            sizes.Add(document.Bytes);
        }

        Assert.True(sizes[0] < sizes[1] && sizes[1] == sizes[2] && sizes[2] < sizes[3], string.Join(", ", sizes));
    }

    [Fact]
    public void Stops_growing_with_the_plans_that_it_keeps_at_most()
    {
        var names = Enumerable.Range(0, 5).Select(i => $"v{i}").ToArray();
        var document = Prepare(
            $"query ({string.Join(' ', names.Select(n => $"${n}: Boolean!"))}) {{ node {{ {string.Join(' ', names.Select(n => $"{n}: name @skip(if: ${n})"))} }} }}");
        var sizes = new List<long>();

        for (var i = 0; i < 32; i++)
        {
            Plan(document, $"{{{string.Join(',', names.Select((n, bit) => $"\"{n}\":{(((i >> bit) & 1) == 1 ? "true" : "false")}"))}}}");
            sizes.Add(document.Bytes);
        }

        Assert.InRange(sizes[^1], 1, 2 * sizes[PreparedOperation.MaxPlans - 1]);
    }

    private static PreparedDocument Prepare(string document)
        => new DocumentPreparation(new FieldTemplates(Node.Schema(new Node("a"))), new()).Prepare(GraphQLRequest.For(document));

    private static void Plan(PreparedDocument document, string variables)
        => Assert.NotNull(document.Operations[0].PlanFor(document.Operations[0].Coerce(Encoding.UTF8.GetBytes(variables), out _)!, out _));
}
