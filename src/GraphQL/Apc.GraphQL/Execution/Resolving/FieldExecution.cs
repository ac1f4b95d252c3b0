using System.Runtime.CompilerServices;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>One field of one object while its resolver runs: the resolver's context, and the place for the result.</summary>
internal sealed class FieldExecution(OperationExecution operation, ObjectResult owner, FieldPlan field, object?[] arguments)
    : ResolverContext
{
    private ConfiguredValueTaskAwaitable<object?>.ConfiguredValueTaskAwaiter _awaiter;

    public OperationExecution Operation { get; } = operation;

    public ObjectResult Owner { get; } = owner;

    public FieldPlan Plan { get; } = field;

    public override object? Parent => Owner.Source;

    public override FieldDefinition Field => Plan.Template.Definition;

    public override object?[] Arguments { get; } = arguments;

    public override Selection Selection => Plan.Selection;

    public override RequestContext Request => Operation.Request;

    public override CancellationToken CancellationToken => Operation.CancellationToken;

    /// <summary>Hands the field to the queue when its task completes.</summary>
    public void Await(ValueTask<object?> pending, ResolveQueue queue)
    {
        // Continue on the completing thread: a captured context would separate the fields of one batch.
        _awaiter = pending.ConfigureAwait(false).GetAwaiter();
        _awaiter.UnsafeOnCompleted(() => queue.Complete(this));
    }

    /// <summary>The value of the completed task.</summary>
    /// <exception cref="Exception">The exception of the resolver.</exception>
    public object? TakeResult() => _awaiter.GetResult();
}
