using System.Globalization;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>
/// The resolve phase of one request. It works level by level: it starts all fields that can be started, then lets the loaders send the
/// requested keys, then continues with the fields that complete first. Only one thread at a time works here.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets</remarks>
internal sealed class OperationExecution : IDisposable
{
    private readonly OperationPlan _plan;
    private readonly VariableValues _variables;
    private readonly object?[]?[] _arguments;
    private readonly Deadline _deadline;

    // Made when they are needed: most requests have one level and nothing to wait for.
    private Queue<ObjectResult>? _objects;
    private ResolveQueue? _queue;
    private LoaderSet? _loaders;
    private int _running;

    public OperationExecution(OperationPlan plan, VariableValues variables, RequestContext request, TimeProvider clock)
        : this(plan, variables, request, new Deadline(plan.Timeout, clock, request.CancellationToken))
    {
    }

    /// <summary>An execution with its own deadline: for the source stream of a subscription, or for one event.</summary>
    public OperationExecution(OperationPlan plan, VariableValues variables, RequestContext request, Deadline deadline)
    {
        _plan = plan;
        _variables = variables;
        _arguments = plan.VariableArguments == 0 ? [] : new object?[plan.VariableArguments][];
        _deadline = deadline;
        Request = request;
        Root = new ObjectResult(plan.Root, null);
    }

    /// <summary>The root of the resolved values.</summary>
    public ObjectResult Root { get; }

    public RequestContext Request { get; }

    /// <summary>The loaders of the request. Thread-safe.</summary>
    public LoaderSet Loaders => _loaders ?? Interlocked.CompareExchange(ref _loaders, new LoaderSet(Queue, this), null) ?? _loaders;

    /// <summary>Cancelled when the caller leaves or the time is up.</summary>
    public CancellationToken CancellationToken => _deadline.Token;

    /// <summary>All failures, also those that the response will not show; null while there are none.</summary>
    public List<FieldFailure>? Failures { get; private set; }

    private ResolveQueue Queue => _queue ?? Interlocked.CompareExchange(ref _queue, new ResolveQueue(), null) ?? _queue;

    /// <summary>Resolves everything below the root, siblings concurrently.</summary>
    public ValueTask ResolveAsync()
    {
        StartFields(Root);
        return SettleAsync();
    }

    /// <summary>Resolves one field of the root with everything below it.</summary>
    public ValueTask ResolveAsync(FieldPlan rootField)
    {
        Start(Root, rootField);
        return SettleAsync();
    }

    /// <summary>Resolves everything below one field of the root whose value is given.</summary>
    public ValueTask ResolveAsync(FieldPlan rootField, object? value)
    {
        try
        {
            Complete(Root, rootField, value);
        }
        catch (Exception e)
        {
            Fail(Root, rootField, FailureOf(e));
        }

        return SettleAsync();
    }

    /// <summary>Queues an object whose fields must be resolved.</summary>
    public ObjectResult Add(ObjectResult result)
    {
        (_objects ??= []).Enqueue(result);
        return result;
    }

    /// <summary>Drops the loaders' values after a field of a mutation, which may have changed the data.</summary>
    public void ForgetLoaded() => _loaders?.Forget();

    public void Dispose() => _deadline.Dispose();

    private ValueTask SettleAsync()
    {
        StartAll();

        // Without a queue no field is running and no loader has keys.
        return _queue is { } queue ? SettleAsync(queue) : ValueTask.CompletedTask;
    }

    private async ValueTask SettleAsync(ResolveQueue queue)
    {
        while (true)
        {
            StartAll();

            if (queue.SendLoaders())
            {
                // A batch may have completed fields at once.
                continue;
            }

            if (_running == 0)
            {
                return;
            }

            await queue.WaitAsync();
        }
    }

    /// <summary>Starts all fields that can be started, one level after the other, and takes the results of completed ones.</summary>
    private void StartAll()
    {
        while (true)
        {
            while (_objects is not null && _objects.TryDequeue(out var result))
            {
                StartFields(result);
            }

            if (_queue?.TakeCompleted() is not { } completed)
            {
                return;
            }

            _running--;
            Finish(completed);
        }
    }

    private void StartFields(ObjectResult result)
    {
        foreach (var field in result.Plan.Resolved)
        {
            Start(result, field);
        }
    }

    private void Start(ObjectResult owner, FieldPlan field)
    {
        switch (field.Template.Resolver)
        {
            case DelegateResolver resolver:
                Start(owner, field, resolver);
                break;
            case PureResolver resolver:
                Read(owner, field, resolver);
                break;
            default:
                throw new InvalidOperationException($"{field.Template.Coordinate} has no resolver.");
        }
    }

    private void Read(ObjectResult owner, FieldPlan field, PureResolver resolver)
    {
        try
        {
            Complete(owner, field, resolver.Resolve(owner.Source!));
        }
        catch (Exception e)
        {
            Fail(owner, field, FailureOf(e));
        }
    }

    private void Start(ObjectResult owner, FieldPlan field, DelegateResolver resolver)
    {
        if (_deadline.HasPassed)
        {
            Fail(owner, field, TimedOut());
            return;
        }

        if (ArgumentsOf(field, out var error) is not { } arguments)
        {
            Fail(owner, field, new FieldFailure(error!));
            return;
        }

        var execution = new FieldExecution(this, owner, field, arguments);
        ValueTask<object?> pending;

        try
        {
            pending = resolver.Resolve(execution);

            if (pending.IsCompleted)
            {
                Complete(owner, field, pending.GetAwaiter().GetResult());
                return;
            }
        }
        catch (Exception e)
        {
            Fail(owner, field, FailureOf(e, execution));
            return;
        }

        _running++;
        execution.Await(pending, Queue);
    }

    private void Finish(FieldExecution completed)
    {
        try
        {
            Complete(completed.Owner, completed.Plan, completed.TakeResult());
        }
        catch (Exception e)
        {
            Fail(completed.Owner, completed.Plan, FailureOf(e, completed));
        }
    }

    private void Complete(ObjectResult owner, FieldPlan field, object? value)
        => owner.Slots[field.Slot] = field.Completion.NeedsResolve ? field.Completion.Prepare(this, value) : value;

    private void Fail(ObjectResult owner, FieldPlan field, FieldFailure failure)
    {
        owner.Slots[field.Slot] = failure;
        (Failures ??= []).Add(failure);
    }

    private object?[]? ArgumentsOf(FieldPlan field, out GraphQLError? error)
    {
        var plan = field.Arguments!;
        error = null;
        return plan.Constant ?? _arguments[plan.Index] ?? (_arguments[plan.Index] = plan.Coerce(_variables, out error));
    }

    private FieldFailure FailureOf(Exception exception, FieldExecution? field = null)
        => exception is OperationCanceledException && _deadline.HasPassed ? TimedOut() : FieldFailure.From(exception, field);

    /// <summary>The failure of a field that the time limit has ended.</summary>
    public FieldFailure TimedOut()
    {
        var seconds = _plan.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new(new GraphQLError($"The request took longer than {seconds} seconds and was cancelled.") { Code = ErrorCodes.Timeout });
    }
}
