using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Subscribing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Executes requests: finds or makes the document's plan, coerces variables, resolves fields and writes the response. Thread-safe.
/// </summary>
public sealed class GraphQLExecutor
{
    private readonly GraphQLExecutorOptions _options;
    private readonly DocumentSource _documents;
    private readonly Executor _executor;
    private readonly Subscriber _subscriber;

    /// <summary>An executor with a document cache of its own.</summary>
    /// <exception cref="TrustedDocumentException">Some of the trusted documents cannot be executed.</exception>
    public GraphQLExecutor(Schema schema, GraphQLExecutorOptions? options = null)
    {
        Schema = schema;
        _options = options ?? new();
        _documents = new DocumentSource(new DocumentPreparation(new FieldTemplates(schema), _options), _options);
        _executor = new Executor(_options);
        _subscriber = new Subscriber(_executor, _options);
    }

    /// <summary>The schema that requests are executed against.</summary>
    public Schema Schema { get; }

    /// <summary>
    /// Answers one request with one JSON object appended to <paramref name="writer"/>. Failures of the request or of fields are part of
    /// the response. Resolvers that ignore their cancellation token are waited for without a limit: they may still use their services.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// The caller left (<see cref="RequestContext.CancellationToken"/>); what was written is not a complete response.
    /// </exception>
    public ValueTask<GraphQLResponse> ExecuteAsync(GraphQLRequest request, RequestContext context, JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(writer);

        return TryPlan(request, context, writer, mayStream: false, out var planned, out var refused)
            ? ExecuteAsync(planned, context, writer)
            : new(refused);
    }

    /// <summary>
    /// Answers any operation. A query, a mutation or a refused request is answered as by
    /// <see cref="ExecuteAsync(GraphQLRequest, RequestContext, JsonWriter)"/>; a subscription gives a stream of responses, which the caller
    /// disposes. The request's memory must stay unchanged until then.
    /// </summary>
    /// <remarks>https://spec.graphql.org/September2025/#sec-Subscription</remarks>
    /// <exception cref="OperationCanceledException">
    /// The caller left (<see cref="RequestContext.CancellationToken"/>); what was written is not a complete response.
    /// </exception>
    public ValueTask<SubscribeResult> SubscribeAsync(GraphQLRequest request, RequestContext context, JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(writer);

        if (!TryPlan(request, context, writer, mayStream: true, out var planned, out var refused))
        {
            return new(new SubscribeResult(refused, Stream: null));
        }

        return planned.Plan.Operation == OperationType.Subscription
            ? _subscriber.SubscribeAsync(planned, context, writer)
            : ExecuteOnceAsync(planned, context, writer);
    }

    private async ValueTask<SubscribeResult> ExecuteOnceAsync(PlannedRequest planned, RequestContext context, JsonWriter writer)
        => new(await ExecuteAsync(planned, context, writer), Stream: null);

    private ValueTask<GraphQLResponse> ExecuteAsync(PlannedRequest planned, RequestContext context, JsonWriter writer)
    {
        var executing = _executor.ExecuteAsync(planned, context, writer);
        return executing.IsCompletedSuccessfully
            ? new(new GraphQLResponse(ResponseKind.Executed, planned.Plan.Operation, executing.Result))
            : Await(executing, planned.Plan.Operation);

        static async ValueTask<GraphQLResponse> Await(ValueTask<bool> executing, OperationType operation)
            => new GraphQLResponse(ResponseKind.Executed, operation, await executing);
    }

    /// <summary>Plans the request. False if it cannot be executed: the response with the reason has been written.</summary>
    private bool TryPlan(
        GraphQLRequest request,
        RequestContext context,
        JsonWriter writer,
        bool mayStream,
        out PlannedRequest planned,
        out GraphQLResponse refused)
    {
        var document = _documents.Find(request);
        refused = default;

        if (document.Rejection is { } rejection)
        {
            writer.WriteRaw(MaySeeSchema(context) ? rejection.Response : rejection.PlainResponse);
            planned = default;
            refused = new GraphQLResponse(rejection.Kind, null, HasErrors: true);
            return false;
        }

        if (document.Select(request.OperationName, out var refusal) is { } operation
            && (refusal = RefusalOf(operation, request, mayStream)) is null
            && operation.Coerce(request.Variables.Span, out refusal) is { } variables
            && (operation.CostFor(variables, out refusal) is var cost && refusal is null)
            && operation.PlanFor(variables, out refusal) is { } plan
            && (refusal = RefusalOf(plan, request, context)) is null)
        {
            planned = new PlannedRequest(plan, variables, request.ReportsCost ? cost : null);
            return true;
        }

        planned = default;
        refused = refusal!.WriteTo(writer, MaySeeSchema(context));
        return false;
    }

    // Decided for each request, as for introspection: suggestions would reveal the schema name by name.
    private bool MaySeeSchema(RequestContext context) => _options.AllowsIntrospection is not { } allows || allows(context);

    private static RequestRefusal? RefusalOf(PreparedOperation operation, GraphQLRequest request, bool mayStream)
        => operation.Operation switch
        {
            OperationType.Mutation when !request.AllowsSideEffects => SideEffects(OperationType.Mutation),
            OperationType.Subscription when !mayStream => RequestRefusal.Of(
                ResponseKind.SubscriptionRefused,
                ErrorCodes.BadUserInput,
                "Subscriptions are not answered over this transport.",
                OperationType.Subscription),
            _ => null,
        };

    private RequestRefusal? RefusalOf(OperationPlan plan, GraphQLRequest request, RequestContext context)
    {
        if (plan.HasSideEffects && !request.AllowsSideEffects)
        {
            return SideEffects(plan.Operation);
        }

        return plan.Introspection.Count > 0 && !MaySeeSchema(context) ? NoIntrospection(plan) : null;
    }

    private static RequestRefusal SideEffects(OperationType operation) => RequestRefusal.Of(
        ResponseKind.SideEffectsRefused,
        ErrorCodes.BadUserInput,
        operation == OperationType.Mutation
            ? "Can only perform a mutation operation from a POST request."
            : "Can only perform a query with side effects from a POST request.",
        operation);

    private static RequestRefusal NoIntrospection(OperationPlan plan)
    {
        var errors = plan.Introspection.Select(field => new GraphQLError(
            $"GraphQL introspection is not allowed, but the query contained {field.Name.Value}.")
        {
            Nodes = [field],
            Code = ErrorCodes.IntrospectionDisabled,
        });

        return new RequestRefusal(ResponseKind.IntrospectionRefused, [.. errors], plan.Operation).LocatedIn(plan.Source);
    }
}
