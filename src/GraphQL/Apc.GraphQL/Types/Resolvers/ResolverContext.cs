namespace Apc.GraphQL.Types.Resolvers;

/// <summary>What a resolver may know: its parent, field, arguments, selection and the request.</summary>
public abstract class ResolverContext
{
    /// <summary>The object whose field is resolved; the root value (or null) at the root.</summary>
    public abstract object? Parent { get; }

    /// <summary>The field being resolved.</summary>
    public abstract FieldDefinition Field { get; }

    /// <summary>
    /// The arguments in the order of <see cref="FieldDefinition.Arguments"/>, coerced, defaulted and bound by
    /// <see cref="InputValueDefinition.Bind"/>; <see cref="Absent.Value"/> where neither a value nor a default was given. Do not change it.
    /// </summary>
    public abstract object?[] Arguments { get; }

    /// <summary>What is selected of the field's value.</summary>
    public abstract Selection Selection { get; }

    /// <summary>The request that the field belongs to.</summary>
    public abstract RequestContext Request { get; }

    /// <summary>Cancelled when the caller leaves or the time is up.</summary>
    public abstract CancellationToken CancellationToken { get; }
}

/// <summary>Stands for an argument that was not given, where that differs from null.</summary>
public sealed class Absent
{
    /// <summary>The only instance.</summary>
    public static readonly Absent Value = new();

    private Absent()
    {
    }
}

/// <summary>One request: who asks, with which services, until when.</summary>
public abstract class RequestContext
{
    /// <summary>The request's services. The scope behind it is made at the first use.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Who asks, in the host's own type; null where the host sets none.</summary>
    public abstract object? Caller { get; }

    /// <summary>
    /// Asks anew who it is that asks, by the same credentials; <see cref="Caller"/> is the answer from then on. For a subscription, which outlives what is
    /// known of its caller when it begins, and for a field that changes what its caller may do. The caller stays the same unless a transport overrides this.
    /// </summary>
    public virtual ValueTask<object?> ReauthenticateAsync() => new(Caller);

    /// <summary>Cancelled when the caller leaves. Resolvers use <see cref="ResolverContext.CancellationToken"/>, which knows the time limit too.</summary>
    public abstract CancellationToken CancellationToken { get; }
}

/// <summary>What a document selects of one field's value; the same object for every request with that document.</summary>
public abstract class Selection
{
    /// <summary>True where a field of this name is selected of the value (through fragments too), or of the elements of a list. The name is compared without case.</summary>
    public abstract bool Wants(string fieldName);

    /// <summary>The selection of a field of the value; null where it is not selected or has no selection of its own.</summary>
    public abstract Selection? Of(string fieldName);

    /// <summary>Computes something from the selection once and keeps it with the compiled document.</summary>
    public abstract T Derive<T>(Func<Selection, T> compute)
        where T : class;
}
