using Apc.GraphQL.Types.Checks;

namespace Apc.GraphQL.Types;

/// <summary>Finds everything in a schema that breaks a rule of chapter 3, in the reference's words where it has some.</summary>
/// <remarks>"Type Validation" of each section in https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SchemaValidator
{
    /// <summary>All breaches, a sentence each; empty for a valid schema.</summary>
    public static IReadOnlyList<string> Validate(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var problems = new List<string>();

        RootTypeChecks.Check(schema, problems);
        DirectiveChecks.Check(schema, problems);
        TypeChecks.Check(schema, problems);
        InputCycleChecks.Check(schema, problems);

        // A default can only be judged, and a default cycle only be walked, where the types themselves are in order.
        if (problems.Count == 0)
        {
            DefaultValueChecks.Check(schema, problems);
        }

        return problems;
    }

    /// <summary>Refuses a schema that breaks a rule.</summary>
    /// <exception cref="SchemaException">With all breaches.</exception>
    public static void ThrowIfInvalid(Schema schema) => SchemaException.ThrowIfAny(Validate(schema));
}
