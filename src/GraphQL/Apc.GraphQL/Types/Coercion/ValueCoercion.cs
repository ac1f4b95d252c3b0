using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>
/// Turns input into values of its type. Scalars become what their <c>Parse…</c> methods give, enums the C# value of their member, lists
/// <c>object?[]</c>, input objects what <see cref="InputObjectType.Create"/> makes of them or else a dictionary of the fields that have a
/// value. Coerced values are shared between requests: nobody may change them.
/// </summary>
/// <remarks>"Input Coercion" of each type in https://spec.graphql.org/September2025/#sec-Types</remarks>
public static class ValueCoercion
{
    /// <summary>Problems are recorded up to one more than this; a caller who finds that one says that there were too many.</summary>
    public const int MaxProblems = 50;

    /// <summary>The value of a JSON value. Where something was added to <paramref name="problems"/> the result means nothing.</summary>
    public static object? FromJson(JsonElement value, GraphQLType type, ICollection<InputProblem> problems)
        => new JsonCoercion(problems).Coerce(value, type);

    /// <summary>
    /// The value of a literal. False where it is none of the type, or where it is a variable without value; what is wrong with a literal is
    /// validation's to say.
    /// </summary>
    public static bool TryFromLiteral(ValueNode literal, GraphQLType type, IVariableValues? variables, out object? value)
        => LiteralCoercion.TryCoerce(literal, type, variables, out value);

    /// <summary>The value of a literal without variables that is known to be of its type, such as a default in the schema.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal static object? FromConstant(ValueNode literal, GraphQLType type)
        => TryFromLiteral(literal, type, null, out var value)
            ? value
            : throw new InvalidOperationException($"{SyntaxPrinter.Print(literal)} is no value of type {type}.");
}
