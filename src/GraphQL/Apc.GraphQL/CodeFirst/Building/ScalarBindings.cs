using System.Text.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The scalars of C# types.</summary>
internal sealed class ScalarBindings
{
    private readonly Dictionary<Type, ScalarType> _byType = [];
    private readonly Dictionary<Type, Func<object, object>> _conversions = [];
    private readonly Dictionary<string, ScalarType> _byName = new(StringComparer.Ordinal);

    public ScalarBindings()
    {
        Bind(BuiltInScalars.String, typeof(string), typeof(Uri), typeof(char));
        Bind(BuiltInScalars.Int, typeof(int), typeof(short), typeof(ushort), typeof(byte), typeof(sbyte), typeof(long));
        Bind(BuiltInScalars.Float, typeof(double), typeof(float), typeof(decimal));
        Bind(BuiltInScalars.Boolean, typeof(bool));
        Bind(BuiltInScalars.Id, typeof(Guid));
        Bind(new DateTimeScalar(), typeof(DateTimeOffset), typeof(DateTime));
        Bind(new JsonScalar(), typeof(JsonElement), typeof(JsonDocument));
    }

    public void Bind(Type type, ScalarType scalar, Func<object, object>? fromCoerced)
    {
        Bind(scalar, type);

        if (fromCoerced is not null)
        {
            _conversions[type] = fromCoerced;
        }
    }

    /// <summary>The last scalar of a name wins, also for C# types that were bound to an earlier one.</summary>
    public void Add(ScalarType scalar) => _byName[scalar.Name] = scalar;

    public ScalarType? Find(Type type) => _byType.TryGetValue(type, out var scalar) ? _byName[scalar.Name] : null;

    public ScalarType? Find(string name) => _byName.GetValueOrDefault(name);

    public Func<object, object>? ConversionTo(Type type) => _conversions.GetValueOrDefault(type);

    private void Bind(ScalarType scalar, params ReadOnlySpan<Type> types)
    {
        Add(scalar);

        foreach (var type in types)
        {
            _byType[type] = scalar;
        }
    }
}
