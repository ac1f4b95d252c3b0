using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>CoerceVariableValues for one operation. Variables that it does not declare are ignored.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values</remarks>
internal sealed class VariableCoercion(OperationDefinitionNode operation, Schema schema)
{
    private readonly VariableDeclaration[] _declarations =
        [.. operation.VariableDefinitions.Select(d => new VariableDeclaration(d, schema))];

    /// <summary>The values, or null if any is wrong. All errors are reported at once.</summary>
    /// <param name="json">The text of a JSON object; empty or <c>null</c> if the request has no variables.</param>
    /// <param name="errors">The errors, still without locations; empty if values are returned.</param>
    public VariableValues? Coerce(ReadOnlySpan<byte> json, out IReadOnlyList<GraphQLError> errors)
    {
        errors = [];

        if (_declarations.Length == 0)
        {
            return VariableValues.None;
        }

        if (!TryParse(json, out var given))
        {
            errors = [NotAnObject()];
            return null;
        }

        return Coerce(given, out errors);
    }

    private static bool TryParse(ReadOnlySpan<byte> json, out JsonElement given)
    {
        given = default;

        if (json.IsEmpty)
        {
            return true;
        }

        try
        {
            given = JsonElement.Parse(json);
            return given.ValueKind is JsonValueKind.Object or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private VariableValues? Coerce(JsonElement given, out IReadOnlyList<GraphQLError> errors)
    {
        var values = new VariableValues(_declarations);
        List<GraphQLError>? found = null;

        var members = new GivenVariables(given, _declarations.Length);

        // One error above the limit is enough: the last one is replaced by the message that there are too many.
        for (var i = 0; i < _declarations.Length && !(found?.Count > ValueCoercion.MaxProblems); i++)
        {
            var declaration = _declarations[i];

            if (members.TryGet(declaration.Name, out var value))
            {
                Coerce(value, declaration, i, values, ref found);
            }
            else if (declaration.HasDefault)
            {
                values.Set(i, declaration.Default, default);
            }
            else if (declaration.Type is NonNullType)
            {
                Add(
                    ref found,
                    declaration,
                    $"Variable \"${declaration.Name}\" of required type \"{declaration.Type}\" was not provided.");
            }
        }

        errors = found is null ? [] : Limited(found);
        return found is null ? values : null;
    }

    private static void Coerce(
        JsonElement value, VariableDeclaration declaration, int index, VariableValues values, ref List<GraphQLError>? errors)
    {
        if (value.ValueKind == JsonValueKind.Null && declaration.Type is NonNullType)
        {
            Add(ref errors, declaration, $"Variable \"${declaration.Name}\" of non-null type \"{declaration.Type}\" must not be null.");
            return;
        }

        var problems = new List<InputProblem>();
        values.Set(index, ValueCoercion.FromJson(value, declaration.Type, problems), value);

        foreach (var problem in problems)
        {
            Add(ref errors, declaration, problem.InVariable(declaration.Name), problem.SuggestionLength);
        }
    }

    private static void Add(ref List<GraphQLError>? errors, VariableDeclaration declaration, string message, int suggestionLength = 0)
        => (errors ??= []).Add(new GraphQLError(message)
        {
            Nodes = [declaration.Node],
            Code = ErrorCodes.BadUserInput,
            SuggestionLength = suggestionLength,
        }.Shortened());

    private static List<GraphQLError> Limited(List<GraphQLError> errors)
    {
        if (errors.Count > ValueCoercion.MaxProblems)
        {
            errors.RemoveRange(ValueCoercion.MaxProblems, errors.Count - ValueCoercion.MaxProblems);
            errors.Add(new GraphQLError("Too many errors processing variables, error limit reached. Execution aborted.")
            {
                Code = ErrorCodes.BadUserInput,
            });
        }

        return errors;
    }

    private static GraphQLError NotAnObject() => new(
        "Variables must be provided as an Object where each property is a variable value. "
        + "Perhaps look to see if an unparsed JSON string was provided.")
    {
        Code = ErrorCodes.BadUserInput,
    };
}
