using System.Buffers;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Execution.Variables;
using Apc.GraphQL.Execution.Writing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution;

/// <summary>Executes a planned operation: resolves what must be resolved, then writes the response in one pass.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Executing-Operations</remarks>
internal sealed class Executor(GraphQLExecutorOptions options)
{
    /// <summary>ExecuteQuery and ExecuteMutation. True if the response has errors.</summary>
    /// <param name="planned">The operation with its variables.</param>
    /// <param name="request">The caller and its services.</param>
    /// <param name="writer">One JSON object is appended to it.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public ValueTask<bool> ExecuteAsync(PlannedRequest planned, RequestContext request, JsonWriter writer)
    {
        var (plan, variables, cost) = planned;
        var response = new ResponseWriter(writer, plan.Source, options.ErrorFilter);

        if (!plan.Root.NeedsResolve)
        {
            var start = BeginData(writer);
            var isWritten = response.WriteObject(plan.Root, null, null);
            return new(EndData(response, start, isWritten, cost));
        }

        return plan.Operation == OperationType.Mutation
            ? ExecuteMutationAsync(plan, variables, request, response, cost)
            : ExecuteQueryAsync(plan, variables, request, response, cost);
    }

    /// <summary>ExecuteSubscriptionEvent: executes the whole selection with the event as the value of the root field.</summary>
    /// <param name="planned">The subscription with its variables.</param>
    /// <param name="request">The subscriber and its services.</param>
    /// <param name="value">The event.</param>
    /// <param name="writer">One JSON object is appended to it.</param>
    /// <param name="unsubscribed">Cancelled when the subscriber has left.</param>
    /// <exception cref="OperationCanceledException">The subscriber has left.</exception>
    /// <remarks>https://spec.graphql.org/September2025/#ExecuteSubscriptionEvent()</remarks>
    public async ValueTask ExecuteEventAsync(
        PlannedRequest planned, RequestContext request, object? value, JsonWriter writer, CancellationToken unsubscribed)
    {
        var (plan, variables, cost) = planned;
        var deadline = new Deadline(plan.Timeout, options.Clock, unsubscribed);
        using var execution = new OperationExecution(plan, variables, request, deadline);
        await execution.ResolveAsync(plan.Root.Fields[0], value);

        if (unsubscribed.IsCancellationRequested)
        {
            ReportHidden(execution);
            throw new OperationCanceledException(unsubscribed);
        }

        var response = new ResponseWriter(writer, plan.Source, options.ErrorFilter);
        var start = BeginData(writer);
        var isWritten = response.WriteObject(plan.Root, null, execution.Root);
        ReportHidden(execution);
        EndData(response, start, isWritten, cost);
    }

    /// <summary>Shows the filter the failures that do not appear in the response, so that every exception is logged.</summary>
    public void ReportHidden(OperationExecution execution)
    {
        if (execution.Failures is null || options.ErrorFilter is not { } filter)
        {
            return;
        }

        foreach (var failure in execution.Failures)
        {
            if (!failure.IsReported)
            {
                filter.OnError(failure.Error, failure.Field);
            }
        }
    }

    private ValueTask<bool> ExecuteQueryAsync(
        OperationPlan plan, VariableValues variables, RequestContext request, ResponseWriter response, long? cost)
    {
        var execution = new OperationExecution(plan, variables, request, options.Clock);
        var resolving = execution.ResolveAsync();
        return resolving.IsCompletedSuccessfully ? new(Write()) : WriteWhenResolvedAsync();

        async ValueTask<bool> WriteWhenResolvedAsync()
        {
            await resolving;
            return Write();
        }

        bool Write()
        {
            using (execution)
            {
                ThrowIfLeft(execution);
                var start = BeginData(response.Output);
                var isWritten = response.WriteObject(plan.Root, null, execution.Root);
                ReportHidden(execution);
                return EndData(response, start, isWritten, cost);
            }
        }
    }

    /// <summary>
    /// The fields of a mutation run one after the other, each with everything below it. Each is written before the next one starts, so that
    /// the response shows the state right after the field. A null that reaches the root ends the operation.
    /// </summary>
    /// <remarks>https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution</remarks>
    private async ValueTask<bool> ExecuteMutationAsync(
        OperationPlan plan, VariableValues variables, RequestContext request, ResponseWriter response, long? cost)
    {
        using var execution = new OperationExecution(plan, variables, request, options.Clock);
        var start = BeginData(response.Output);
        var isWritten = true;

        foreach (var field in plan.Root.Fields)
        {
            if (field.IsResolved)
            {
                await execution.ResolveAsync(field);
                ThrowIfLeft(execution);
                execution.ForgetLoaded();
            }

            isWritten = field.Writer.Write(response, field, null, execution.Root);

            if (!isWritten)
            {
                break;
            }
        }

        if (isWritten)
        {
            response.Output.WriteByte((byte)'}');
        }

        ReportHidden(execution);
        return EndData(response, start, isWritten, cost);
    }

    private static int BeginData(JsonWriter writer)
    {
        writer.WriteRaw("{\"data\":"u8);
        return writer.Position;
    }

    /// <summary>Ends the response. Errors stand before the data, as the specification recommends.</summary>
    private static bool EndData(ResponseWriter response, int start, bool isWritten, long? cost)
    {
        var output = response.Output;

        if (!isWritten)
        {
            output.RewindTo(start);
            output.WriteNull();
        }

        if (response.Errors is { } errors)
        {
            PutInFront(output, start, errors);
        }

        if (cost is { } price)
        {
            output.WriteRaw(",\"extensions\":{\"cost\":"u8);
            output.WriteNumber(price);
            output.WriteByte((byte)'}');
        }

        output.WriteByte((byte)'}');
        return response.Errors is not null;
    }

    private static void PutInFront(JsonWriter output, int start, List<GraphQLError> errors)
    {
        var data = output.WrittenSpan[start..];
        var copy = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(copy);
        output.RewindTo(start - "{\"data\":".Length);
        output.WriteRaw("{\"errors\":"u8);
        ErrorWriter.WriteErrors(output, errors);
        output.WriteRaw(",\"data\":"u8);
        output.WriteRaw(copy.AsSpan(0, data.Length));
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Ends the execution if the caller has left. Failures are reported first, so that they are logged.</summary>
    private void ThrowIfLeft(OperationExecution execution)
    {
        if (execution.Request.CancellationToken.IsCancellationRequested)
        {
            ReportHidden(execution);
            throw new OperationCanceledException(execution.Request.CancellationToken);
        }
    }
}
