namespace Apc.GraphQL.Types.Resolvers;

/// <summary>The input of a resolver: parent, field, arguments, selection and request.</summary>
public abstract class ResolverContext
{
    /// <summary>The object whose field is resolved; the root value (or null) at the root.</summary>
    public abstract object? Parent { get; }

    /// <summary>The field being resolved.</summary>
    public abstract FieldDefinition Field { get; }

    /// <summary>
    /// The arguments in the order of <see cref="FieldDefinition.Arguments"/>, coerced, with defaults, and bound by
    /// <see cref="InputValueDefinition.Bind"/>; <see cref="Absent.Value"/> for an argument without value and default. Do not change the
    /// array.
    /// </summary>
    public abstract object?[] Arguments { get; }

    /// <summary>The selection on the field's value.</summary>
    public abstract Selection Selection { get; }

    /// <summary>The request that the field belongs to.</summary>
    public abstract RequestContext Request { get; }

    /// <summary>Cancelled when the caller leaves or the time is up.</summary>
    public abstract CancellationToken CancellationToken { get; }
}

/// <summary>The value of an argument that was not given, to tell it from null.</summary>
public sealed class Absent
{
    /// <summary>The only instance.</summary>
    public static readonly Absent Value = new();

    private Absent()
    {
    }
}

/// <summary>One request: its caller, services and cancellation.</summary>
public abstract class RequestContext
{
    /// <summary>The request's services. Their scope is created at the first use.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>The caller, as an object of the application; null if the application does not set it.</summary>
    public abstract object? Caller { get; }

    /// <summary>
    /// Authenticates the caller again with the same credentials and sets <see cref="Caller"/> to the result. For a subscription, whose
    /// caller's rights may change while it runs, and for a field that changes its caller's rights. Returns <see cref="Caller"/> unless a
    /// transport overrides it.
    /// </summary>
    public virtual ValueTask<object?> ReauthenticateAsync() => new(Caller);

    /// <summary>
    /// Cancelled when the caller leaves. Resolvers use <see cref="ResolverContext.CancellationToken"/>, which includes the time limit.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }
}

/// <summary>The selection of a document on one field's value. Requests with the same document share it.</summary>
public abstract class Selection
{
    /// <summary>
    /// True if a field of this name is selected on the value or on the elements of a list, directly or in a fragment. The name is compared
    /// without case.
    /// </summary>
    public abstract bool Wants(string fieldName);

    /// <summary>The selection below a field of the value; null if the field is not selected or has no selection.</summary>
    public abstract Selection? Of(string fieldName);

    /// <summary>Computes a value from the selection once and keeps it with the compiled document.</summary>
    public abstract T Derive<T>(Func<Selection, T> compute)
        where T : class;
}
