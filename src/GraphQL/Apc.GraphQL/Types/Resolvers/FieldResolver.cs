namespace Apc.GraphQL.Types.Resolvers;

/// <summary>The source of a field's value: a <see cref="PureResolver"/> or a <see cref="DelegateResolver"/>.</summary>
public abstract class FieldResolver
{
    private protected FieldResolver()
    {
    }
}

/// <summary>
/// A value that depends only on the parent, synchronous and without side effects. It is read while the response is written.
/// </summary>
public abstract class PureResolver : FieldResolver
{
    private protected PureResolver()
    {
    }

    /// <summary>The value as an object: for fields with selections and for lists.</summary>
    public abstract object? Resolve(object parent);

    /// <summary>Passes the typed getter to a visitor, which can use it without boxing.</summary>
    public abstract TResult Accept<TResult>(IPureResolverVisitor<TResult> visitor);
}

/// <summary>Receives the typed getter of a <see cref="PureResolver"/>.</summary>
public interface IPureResolverVisitor<out TResult>
{
    /// <summary>Called with the getter and its types.</summary>
    TResult Visit<TParent, TValue>(Func<TParent, TValue> getter)
        where TParent : notnull;
}

/// <summary>A pure field as a typed getter.</summary>
public sealed class PureResolver<TParent, TValue>(Func<TParent, TValue> getter) : PureResolver
    where TParent : notnull
{
    /// <inheritdoc/>
    public override object? Resolve(object parent) => getter((TParent)parent);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IPureResolverVisitor<TResult> visitor) => visitor.Visit(getter);
}

/// <summary>Resolves one field of one object. A completed <see cref="ValueTask{TResult}"/> needs no scheduling.</summary>
public delegate ValueTask<object?> FieldDelegate(ResolverContext context);

/// <summary>
/// A value that needs arguments, services, a loader or a policy. It is resolved before the response is written. The value of a
/// subscription's root field is its source stream, an <see cref="IAsyncEnumerable{T}"/> of <c>object?</c>: each element is the field's
/// value in one response.
/// </summary>
public sealed class DelegateResolver(FieldDelegate resolve) : FieldResolver
{
    /// <summary>The resolver, wrapped in all its policies.</summary>
    public FieldDelegate Resolve { get; } = resolve;

    /// <summary>True if a query field has side effects: it is refused over GET.</summary>
    public bool HasSideEffects { get; init; }
}
