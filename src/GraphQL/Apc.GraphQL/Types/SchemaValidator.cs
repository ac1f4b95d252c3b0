using Apc.GraphQL.Types.Checks;

namespace Apc.GraphQL.Types;

/// <summary>Finds everything in a schema that breaks a rule of chapter 3. Messages are those of graphql-js if it has the check.</summary>
/// <remarks>"Type Validation" of each section in https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SchemaValidator
{
    /// <summary>All problems, one sentence each; empty for a valid schema.</summary>
    public static IReadOnlyList<string> Validate(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var problems = new List<string>();

        RootTypeChecks.Check(schema, problems);
        DirectiveChecks.Check(schema, problems);
        TypeChecks.Check(schema, problems);
        InputCycleChecks.Check(schema, problems);

        // Defaults can be checked only if the types themselves are valid.
        if (problems.Count == 0)
        {
            DefaultValueChecks.Check(schema, problems);
        }

        return problems;
    }

    /// <summary>Throws if <see cref="Validate"/> finds problems.</summary>
    /// <exception cref="SchemaException">The schema is invalid; the exception lists all problems.</exception>
    public static void ThrowIfInvalid(Schema schema) => SchemaException.ThrowIfAny(Validate(schema));
}
