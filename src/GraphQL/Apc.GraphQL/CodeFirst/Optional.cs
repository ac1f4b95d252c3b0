namespace Apc.GraphQL.CodeFirst;

/// <summary>An argument or input field for which "not given" and "given as null" differ.</summary>
public readonly record struct Optional<T>
{
    /// <summary>A value that was given, perhaps null.</summary>
    public Optional(T? value)
    {
        HasValue = true;
        Value = value;
    }

    /// <summary>False if the argument or input field was not given.</summary>
    public bool HasValue { get; }

    /// <summary>The value given; the default of <typeparamref name="T"/> if there is none.</summary>
    public T? Value { get; }
}
