using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>
/// Coerces input to values of its type. A scalar becomes the result of its <c>Parse…</c> method, an enum value the C# value of its member,
/// a list an <c>object?[]</c>, an input object the result of <see cref="InputObjectType.Create"/> or a dictionary of the fields that have a
/// value. Coerced values are shared between requests and must not be changed.
/// </summary>
/// <remarks>"Input Coercion" of each type in https://spec.graphql.org/September2025/#sec-Types</remarks>
public static class ValueCoercion
{
    /// <summary>Most problems that callers report. One more is recorded, so that they can tell that there were too many.</summary>
    public const int MaxProblems = 50;

    /// <summary>Coerces a JSON value. If problems were added to <paramref name="problems"/>, the result must not be used.</summary>
    public static object? FromJson(JsonElement value, GraphQLType type, ICollection<InputProblem> problems)
        => new JsonCoercion(problems).Coerce(value, type);

    /// <summary>
    /// Coerces a literal. False if it is not of the type or is a variable without a value. Validation reports what is wrong with a literal.
    /// </summary>
    public static bool TryFromLiteral(ValueNode literal, GraphQLType type, IVariableValues? variables, out object? value)
        => LiteralCoercion.TryCoerce(literal, type, variables, out value);

    /// <summary>Coerces a literal without variables that is known to be of the type, such as a default in the schema.</summary>
    /// <exception cref="InvalidOperationException">The literal is not of the type.</exception>
    internal static object? FromConstant(ValueNode literal, GraphQLType type)
        => TryFromLiteral(literal, type, null, out var value)
            ? value
            : throw new InvalidOperationException($"{SyntaxPrinter.Print(literal)} is no value of type {type}.");
}
