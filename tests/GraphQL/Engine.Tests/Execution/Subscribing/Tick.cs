using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

/// <summary>A schema whose subscriptions give ticks of a clock.</summary>
internal sealed record Tick(int Number)
{
    private static readonly ObjectType Type = Object<Tick>(
        "Tick",
        Pure<Tick, int>("number", Int, t => t.Number),
        Now("plus", Int, c => ((Tick)c.Parent!).Number + (int)c.Arguments[0]!, Argument("by", Int.Required(), "1")),
        Now("fails", Int, c => throw new InvalidOperationException($"tick {((Tick)c.Parent!).Number}")),
        Now("required", Int.Required(), c => ((Tick)c.Parent!).Number is 2 ? null : 7));

    /// <summary><c>tick</c>, <c>ticks</c> and <c>surely</c> are what the delegate gives: a tick, a list of ticks and a number that must be there.</summary>
    public static Schema Schema(FieldDelegate source) => new(
        Object("Query", Now("now", Int, _ => 1)),
        Object("Mutation", Now("wind", Int, _ => 2)),
        Object(
            "Subscription",
            Resolved("tick", Type, source, Argument("from", Int.Required(), "0"), Argument("step", Int)),
            Resolved("ticks", Type.List(), source),
            Resolved("surely", Int.Required(), source)));

    /// <summary>The same for a source that is at hand.</summary>
    public static Schema Schema(IAsyncEnumerable<object?> source) => Schema(_ => new ValueTask<object?>(source));

    /// <summary>Keeps what it is shown, and lets callers see the exception's message.</summary>
    internal sealed class Filter : IErrorFilter
    {
        public List<string> Seen { get; } = [];

        public GraphQLError OnError(GraphQLError error)
        {
            var message = error.Exception?.Message ?? error.Message;
            Seen.Add(message);
            return error with { Message = message, Code = "SEEN" };
        }
    }
}
