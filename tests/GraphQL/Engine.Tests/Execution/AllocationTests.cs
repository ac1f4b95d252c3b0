using System.Diagnostics;
using System.Reflection;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

public class AllocationTests
{
    private static bool IsOptimized
        => typeof(GraphQLExecutor).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    [Fact]
    public void Writes_a_page_of_pure_fields_without_allocating_for_each()
    {
        // 500 fields of seven C# types. What is allocated belongs to the request: its writer, its one resolved field.
        // Unoptimized code boxes a value to compare it with null: four or five in each row.
        var allocated = BytesFor("{ rows(take: 50) { id name note size large open status at f1: name f2: note } }");
        Assert.InRange(allocated, 1, IsOptimized ? 1_000 : 1_000 + (50 * 120));
    }

    [Fact]
    public void Answers_a_constant_with_next_to_nothing() => Assert.InRange(BytesFor("{ __typename }"), 1, 100);

    [Fact]
    public void Rejects_a_document_again_without_allocating() => Assert.Equal(0, BytesFor("{ nothing }"));

    private static long BytesFor(string document)
    {
        var executor = new GraphQLExecutor(Page());
        var request = GraphQLRequest.For(document);
        var context = new TestRequest();
        using var writer = new JsonWriter(1 << 16);

        for (var i = 0; i < 10; i++)
        {
            Execute(executor, request, context, writer);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Execute(executor, request, context, writer);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Execute(GraphQLExecutor executor, GraphQLRequest request, TestRequest context, JsonWriter writer)
    {
        writer.RewindTo(0);
        var executing = executor.ExecuteAsync(request, context, writer);
        Assert.True(executing.IsCompletedSuccessfully);
    }

    private static Schema Page()
    {
        var status = new EnumType("Status", [new("ACTIVE", Status.Active), new("INACTIVE", Status.Inactive)], clrType: typeof(Status));
        var row = Object<Row>(
            "Row",
            Pure<Row, Guid>("id", BuiltInScalars.Id.Required(), r => r.Id),
            Pure<Row, string>("name", Text.Required(), r => r.Name),
            Pure<Row, string?>("note", Text, r => r.Note),
            Pure<Row, int>("size", Int, r => r.Size),
            Pure<Row, double>("large", BuiltInScalars.Float, r => r.Size * 1.5),
            Pure<Row, bool?>("open", Flag, r => r.Open),
            Pure<Row, Status>("status", status.Required(), r => r.Status),
            Pure<Row, DateTimeOffset?>("at", new DateTimeScalar(), r => r.At));
        var rows = Enumerable.Range(0, 50).Select(RowOf).ToList();

        return new Schema(Object("Query", Now("rows", row.Required().List(), _ => rows, Argument("take", Int))));
    }

    private static Row RowOf(int number) => new(
        new Guid(number, 0, 0, new byte[8]),
        $"row {number}",
        number % 3 == 0 ? null : "ä \"note\"",
        number,
        number % 2 == 0 ? null : true,
        Status.Inactive,
        DateTimeOffset.UnixEpoch);

    private enum Status
    {
        Active,
        Inactive,
    }

    private sealed record Row(Guid Id, string Name, string? Note, int Size, bool? Open, Status Status, DateTimeOffset? At);
}
