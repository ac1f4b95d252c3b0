namespace Apc.GraphQL.Types.Checks;

/// <summary>Directives.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives</remarks>
internal static class DirectiveChecks
{
    public static void Check(Schema schema, List<string> problems)
    {
        NameChecks.CheckUnique(
            schema.Directives.Values.Select(d => d.Name), name => $"There can be only one directive named \"@{name}\".", problems);

        foreach (var directive in schema.Directives.Values)
        {
            NameChecks.CheckName(directive.Name, problems);

            if (directive.Locations.Count == 0)
            {
                problems.Add($"Directive @{directive.Name} must include 1 or more locations.");
            }

            ArgumentChecks.Check($"@{directive.Name}", directive.Arguments, problems);
        }
    }
}
