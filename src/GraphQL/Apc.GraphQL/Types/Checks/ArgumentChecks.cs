namespace Apc.GraphQL.Types.Checks;

/// <summary>Arguments of fields and directives.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Field-Arguments</remarks>
internal static class ArgumentChecks
{
    /// <param name="owner">The name of the field or directive in messages: <c>T.f</c>, <c>@d</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="problems">Problems are added to it.</param>
    public static void Check(string owner, IReadOnlyList<InputValueDefinition> arguments, List<string> problems)
    {
        NameChecks.CheckUnique(
            arguments.Select(a => a.Name), name => $"Argument \"{owner}({name}:)\" can only be defined once.", problems);

        foreach (var argument in arguments)
        {
            NameChecks.CheckName(argument.Name, problems);

            if (!argument.Type.IsInputType)
            {
                problems.Add($"The type of {owner}({argument.Name}:) must be Input Type but got: {argument.Type}.");
            }

            if (argument.IsRequired && argument.DeprecationReason is not null)
            {
                problems.Add($"Required argument {owner}({argument.Name}:) cannot be deprecated.");
            }
        }
    }
}
