using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Checks;

/// <summary>Root types and the uniqueness of type names.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Root-Operation-Types</remarks>
internal static class RootTypeChecks
{
    public static void Check(Schema schema, List<string> problems)
    {
        if (schema.QueryType is null && schema.NotRoots.All(r => r.Operation != OperationType.Query))
        {
            problems.Add("Query root type must be provided.");
        }

        foreach (var (operation, type) in schema.NotRoots)
        {
            var words = operation == OperationType.Query ? "Object type," : "Object type if provided,";
            problems.Add($"{operation} root type must be {words} it cannot be {type.Name}.");
        }

        CheckRootsDiffer(schema, problems);

        NameChecks.CheckUnique(
            schema.Types.Values.Select(t => t.Name),
            name => $"Schema must contain uniquely named types but contains multiple types named \"{name}\".",
            problems);
    }

    private static void CheckRootsDiffer(Schema schema, List<string> problems)
    {
        Root[] roots =
        [
            new(schema.QueryType, "query"), new(schema.MutationType, "mutation"), new(schema.SubscriptionType, "subscription"),
        ];

        foreach (var shared in roots.Where(r => r.Type is not null).GroupBy(r => r.Type).Where(g => g.Count() > 1))
        {
            var uses = shared.Select(r => r.Use).ToList();
            var list = uses.Count == 2 ? $"{uses[0]} and {uses[1]}" : $"{uses[0]}, {uses[1]}, and {uses[2]}";
            problems.Add($"All root types must be different, \"{shared.Key}\" type is used as {list} root types.");
        }
    }

    private sealed record Root(ObjectType? Type, string Use);
}
