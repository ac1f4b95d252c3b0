namespace Apc.GraphQL.Types.Scalars;

/// <summary>The scalars that every schema has.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars</remarks>
public static class BuiltInScalars
{
    /// <summary>Whole numbers of 32 bits; coerced values are <see cref="int"/>.</summary>
    public static ScalarType Int { get; } = new IntScalar();

    /// <summary>Numbers of double precision; coerced values are <see cref="double"/>.</summary>
    public static ScalarType Float { get; } = new FloatScalar();

    /// <summary>Texts; coerced values are <see cref="string"/>.</summary>
    public static ScalarType String { get; } = new StringScalar();

    /// <summary><c>true</c> or <c>false</c>; coerced values are <see cref="bool"/>.</summary>
    public static ScalarType Boolean { get; } = new BooleanScalar();

    /// <summary>Identifiers as texts or whole numbers; coerced values are <see cref="string"/>.</summary>
    public static ScalarType Id { get; } = new IdScalar();

    /// <summary>All five, in the order of graphql-js.</summary>
    public static IReadOnlyList<ScalarType> All { get; } = [String, Int, Float, Boolean, Id];

    /// <summary>The built-in scalar of this name, or null.</summary>
    public static ScalarType? Find(string name) => name switch
    {
        "String" => String,
        "Int" => Int,
        "Float" => Float,
        "Boolean" => Boolean,
        "ID" => Id,
        _ => null,
    };
}
