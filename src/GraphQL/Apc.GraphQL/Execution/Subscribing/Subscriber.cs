using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Execution.Writing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>Subscribe: creates the source stream of a subscription and the stream of responses.</summary>
/// <remarks>https://spec.graphql.org/September2025/#Subscribe()</remarks>
internal sealed class Subscriber(Executor executor, GraphQLExecutorOptions options)
{
    /// <summary>The stream, or the error response if it could not be created.</summary>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async ValueTask<SubscribeResult> SubscribeAsync(PlannedRequest planned, RequestContext request, JsonWriter writer)
    {
        var life = new SubscriptionLife(request, planned.Plan.Timeout, options.Clock);

        try
        {
            var (events, failure) = await CreateSourceEventStreamAsync(planned, request, life);

            if (events is null)
            {
                ThrowIfLeft(request, failure!);
                WriteFailure(planned.Plan, failure!, writer);
                return new(new(ResponseKind.SubscriptionFailed, OperationType.Subscription, HasErrors: true), Stream: null);
            }

            var stream = new ResponseStream(planned, request, events, life, executor, this);
            life = null;
            return new(new(ResponseKind.Executed, OperationType.Subscription, HasErrors: false), stream);
        }
        finally
        {
            life?.Dispose();
        }
    }

    /// <summary>Writes the failure that ended a subscription, or prevented its start, as an error of its root field.</summary>
    public void WriteFailure(OperationPlan plan, FieldFailure failure, JsonWriter writer)
    {
        var response = new ResponseWriter(writer, plan.Source, options.ErrorFilter);
        response.Enter(plan.Root.Fields[0]);
        response.Report(failure);
        ErrorWriter.WriteResponse(writer, response.Errors!);
    }

    /// <summary>Shows the filter a failure that no response reports, so that it is logged.</summary>
    public void Hide(Exception exception) => options.ErrorFilter?.OnError(FieldFailure.From(exception).Error);

    /// <remarks>https://spec.graphql.org/September2025/#CreateSourceEventStream()</remarks>
    private async ValueTask<(IAsyncEnumerator<object?>? Events, FieldFailure? Failure)> CreateSourceEventStreamAsync(
        PlannedRequest planned, RequestContext request, SubscriptionLife life)
    {
        var deadline = new Deadline(Timeout.InfiniteTimeSpan, options.Clock, life.Token);
        using var execution = new OperationExecution(planned.Plan, planned.Variables, request, deadline);
        var field = planned.Plan.Root.Fields[0];

        if (!field.IsResolved)
        {
            return (null, NoStream(field, null));
        }

        await execution.ResolveAsync(field.AsSource());

        switch (execution.Root.Slots[field.Slot])
        {
            case FieldFailure failure:
                return (null, failure);
            case IAsyncEnumerable<object?> source:
                return await BeginAsync(source, execution, life);
            case var other:
                return (null, NoStream(field, other));
        }
    }

    private static async ValueTask<(IAsyncEnumerator<object?>? Events, FieldFailure? Failure)> BeginAsync(
        IAsyncEnumerable<object?> source, OperationExecution execution, SubscriptionLife life)
    {
        try
        {
            var events = source.GetAsyncEnumerator(life.Token);

            if (life.TryBegin())
            {
                return (events, null);
            }

            // The stream exists, but the time is up or the caller has left.
            await events.DisposeAsync();
            return (null, execution.TimedOut());
        }
        catch (Exception e)
        {
            return (null, FieldFailure.From(e));
        }
    }

    /// <summary>Ends the execution if the caller has left. The failure is reported first, so that it is logged.</summary>
    private void ThrowIfLeft(RequestContext request, FieldFailure failure)
    {
        if (request.CancellationToken.IsCancellationRequested)
        {
            options.ErrorFilter?.OnError(failure.Error, failure.Field);
            throw new OperationCanceledException(request.CancellationToken);
        }
    }

    private static FieldFailure NoStream(FieldPlan field, object? value) => FieldFailure.From(new InvalidOperationException(
        $"{field.Template.Coordinate} must give an IAsyncEnumerable<object?>, but gave {value?.GetType().Name ?? "null"}."));
}
