namespace Apc.GraphQL.Types.Checks;

/// <summary>IsValidImplementation: a type has everything that its interfaces require.</summary>
/// <remarks>https://spec.graphql.org/September2025/#IsValidImplementation()</remarks>
internal static class InterfaceChecks
{
    public static void Check(Schema schema, FieldedType type, List<string> problems)
    {
        foreach (var other in type.NotInterfaces())
        {
            problems.Add($"Type {type.Name} must only implement Interface types, it cannot implement {other.Name}.");
        }

        NameChecks.CheckUnique(
            type.Interfaces.Where(i => i != type).Select(i => i.Name),
            name => $"Type {type.Name} can only implement {name} once.",
            problems);

        foreach (var implemented in type.Interfaces.Distinct())
        {
            if (implemented == type)
            {
                problems.Add($"Type {type.Name} cannot implement itself because it would create a circular reference.");
                continue;
            }

            CheckAncestors(type, implemented, problems);
            CheckFields(schema, type, implemented, problems);
        }
    }

    private static void CheckAncestors(FieldedType type, InterfaceType implemented, List<string> problems)
    {
        foreach (var ancestor in implemented.Interfaces.Concat(implemented.NotInterfaces()))
        {
            if (!type.Interfaces.Concat(type.NotInterfaces()).Contains(ancestor))
            {
                problems.Add(ancestor == type
                    ? $"Type {type.Name} cannot implement {implemented.Name} because it would create a circular reference."
                    : $"Type {type.Name} must implement {ancestor.Name} because it is implemented by {implemented.Name}.");
            }
        }
    }

    private static void CheckFields(Schema schema, FieldedType type, InterfaceType implemented, List<string> problems)
    {
        foreach (var promised in implemented.Fields.Values)
        {
            if (!type.Fields.TryGetValue(promised.Name, out var field))
            {
                problems.Add($"Interface field {implemented.Name}.{promised.Name} expected but {type.Name} does not provide it.");
                continue;
            }

            var (promisedName, fieldName) = ($"{implemented.Name}.{promised.Name}", $"{type.Name}.{field.Name}");

            if (!schema.IsSubType(promised.Type, field.Type))
            {
                problems.Add($"Interface field {promisedName} expects type {promised.Type} but {fieldName} is type {field.Type}.");
            }

            if (field.DeprecationReason is not null && promised.DeprecationReason is null)
            {
                problems.Add(
                    $"Interface field {promisedName} is not deprecated, so implementation field {fieldName} must not be deprecated.");
            }

            CheckArguments((promisedName, promised), (fieldName, field), problems);
        }
    }

    private static void CheckArguments(
        (string Name, FieldDefinition Field) promised, (string Name, FieldDefinition Field) actual, List<string> problems)
    {
        foreach (var argument in promised.Field.Arguments)
        {
            var found = actual.Field.FindArgument(argument.Name);

            if (found is null)
            {
                problems.Add(
                    $"Interface field argument {promised.Name}({argument.Name}:) expected but {actual.Name} does not provide it.");
            }
            else if (!TypeComparison.AreEqual(argument.Type, found.Type))
            {
                problems.Add(
                    $"Interface field argument {promised.Name}({argument.Name}:) expects type {argument.Type} "
                    + $"but {actual.Name}({argument.Name}:) is type {found.Type}.");
            }
        }

        foreach (var argument in actual.Field.Arguments)
        {
            if (argument.IsRequired && promised.Field.FindArgument(argument.Name) is null)
            {
                problems.Add(
                    $"Object field {actual.Name} includes required argument {argument.Name} "
                    + $"that is missing from the Interface field {promised.Name}.");
            }
        }
    }
}
