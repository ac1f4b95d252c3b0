namespace Apc.GraphQL.Types.Checks;

/// <summary>Checks of each type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Types</remarks>
internal static class TypeChecks
{
    public static void Check(Schema schema, List<string> problems)
    {
        foreach (var type in schema.Types.Values)
        {
            if (schema.IsIntrospectionType(type))
            {
                continue;
            }

            NameChecks.CheckName(type.Name, problems);

            switch (type)
            {
                case FieldedType fielded:
                    CheckFields(fielded, problems);
                    InterfaceChecks.Check(schema, fielded, problems);
                    break;
                case UnionType union:
                    CheckUnion(union, problems);
                    break;
                case EnumType enumType:
                    CheckEnum(enumType, problems);
                    break;
                case InputObjectType input:
                    CheckInputObject(input, problems);
                    break;
            }
        }
    }

    private static void CheckFields(FieldedType type, List<string> problems)
    {
        if (type.Fields.Count == 0)
        {
            problems.Add($"Type {type.Name} must define one or more fields.");
        }

        NameChecks.CheckUnique(type.Fields.Keys, name => $"Field \"{type.Name}.{name}\" can only be defined once.", problems);

        foreach (var field in type.Fields.Values)
        {
            NameChecks.CheckName(field.Name, problems);

            if (!field.Type.IsOutputType)
            {
                problems.Add($"The type of {type.Name}.{field.Name} must be Output Type but got: {field.Type}.");
            }

            ArgumentChecks.Check($"{type.Name}.{field.Name}", field.Arguments, problems);
        }
    }

    private static void CheckUnion(UnionType type, List<string> problems)
    {
        var others = type.NotObjects().ToList();

        if (type.Types.Count + others.Count == 0)
        {
            problems.Add($"Union type {type.Name} must define one or more member types.");
        }

        NameChecks.CheckUnique(
            type.Types.Concat(others).Select(t => t.Name),
            name => $"Union type {type.Name} can only include type {name} once.",
            problems);

        foreach (var other in others.Distinct())
        {
            problems.Add($"Union type {type.Name} can only include Object types, it cannot include {other.Name}.");
        }
    }

    private static void CheckEnum(EnumType type, List<string> problems)
    {
        if (type.Values.Count == 0)
        {
            problems.Add($"Enum type {type.Name} must define one or more values.");
        }

        NameChecks.CheckUnique(type.Values.Keys, name => $"Enum value \"{type.Name}.{name}\" can only be defined once.", problems);

        foreach (var name in type.Values.Keys)
        {
            NameChecks.CheckName(name, problems);

            if (name is "true" or "false" or "null")
            {
                problems.Add($"Enum values cannot be named: {name}");
            }
        }
    }

    private static void CheckInputObject(InputObjectType type, List<string> problems)
    {
        if (type.Fields.Count == 0)
        {
            problems.Add($"Input Object type {type.Name} must define one or more fields.");
        }

        NameChecks.CheckUnique(type.Fields.Keys, name => $"Field \"{type.Name}.{name}\" can only be defined once.", problems);

        foreach (var field in type.Fields.Values)
        {
            NameChecks.CheckName(field.Name, problems);

            if (!field.Type.IsInputType)
            {
                problems.Add($"The type of {type.Name}.{field.Name} must be Input Type but got: {field.Type}.");
            }

            if (field.IsRequired && field.DeprecationReason is not null)
            {
                problems.Add($"Required input field {type.Name}.{field.Name} cannot be deprecated.");
            }

            if (type.IsOneOf && field.Type is NonNullType)
            {
                problems.Add($"OneOf input field {type.Name}.{field.Name} must be nullable.");
            }

            if (type.IsOneOf && field.DefaultValue is not null)
            {
                problems.Add($"OneOf input field {type.Name}.{field.Name} cannot have a default value.");
            }
        }
    }
}
