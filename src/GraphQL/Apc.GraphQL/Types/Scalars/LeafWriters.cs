namespace Apc.GraphQL.Types.Scalars;

/// <summary>The typed writers of a scalar by C# type.</summary>
internal sealed class LeafWriters
{
    private readonly Dictionary<Type, Delegate> _writers = [];

    /// <summary>Adds the writer for <typeparamref name="T"/> and its nullable form.</summary>
    public LeafWriters Add<T>(LeafWriter<T> writer)
        where T : struct
    {
        _writers.Add(typeof(T), writer);
        _writers.Add(typeof(T?), new LeafWriter<T?>((json, value) => writer(json, value.GetValueOrDefault())));
        return this;
    }

    /// <summary>Adds the writer for strings.</summary>
    public LeafWriters Add(LeafWriter<string> writer)
    {
        _writers.Add(typeof(string), writer);
        return this;
    }

    /// <summary>The writer for this type, or null.</summary>
    public LeafWriter<T>? Find<T>() => (LeafWriter<T>?)_writers.GetValueOrDefault(typeof(T));
}
