using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Checks;

/// <summary>Defaults of arguments and input fields: each is of its type, and none needs itself.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation, InputObjectDefaultValueHasCycle</remarks>
internal sealed class DefaultValueChecks(List<string> problems)
{
    private readonly HashSet<InputValueDefinition> _finished = [];
    private readonly List<(InputValueDefinition Field, string Name)> _path = [];

    public static void Check(Schema schema, List<string> problems)
    {
        var checks = new DefaultValueChecks(problems);
        foreach (var type in schema.Types.Values.OfType<InputObjectType>())
        {
            checks.Walk(type, new ObjectValueNode([], default));
        }

        // The coercion of a default that needs itself would not end.
        if (problems.Count > 0)
        {
            return;
        }

        foreach (var type in schema.Types.Values)
        {
            checks.CheckValues(type);
        }

        foreach (var directive in schema.Directives.Values)
        {
            checks.CheckArguments($"@{directive.Name}", directive.Arguments);
        }
    }

    private void CheckValues(NamedType type)
    {
        if (type is FieldedType fielded)
        {
            foreach (var field in fielded.Fields.Values)
            {
                CheckArguments($"{type.Name}.{field.Name}", field.Arguments);
            }
        }
        else if (type is InputObjectType input)
        {
            foreach (var field in input.Fields.Values)
            {
                CheckValue(field, $"{type.Name}.{field.Name}");
            }
        }
    }

    private void CheckArguments(string owner, IReadOnlyList<InputValueDefinition> arguments)
    {
        foreach (var argument in arguments)
        {
            CheckValue(argument, $"{owner}({argument.Name}:)");
        }
    }

    private void CheckValue(InputValueDefinition value, string name)
    {
        if (value.DefaultValue is { } literal && !ValueCoercion.TryFromLiteral(literal, value.Type, null, out _))
        {
            problems.Add(
                $"{name} has invalid default value {SyntaxPrinter.Print(literal)}: expected a value of type \"{value.Type}\".");
        }
    }

    /// <summary>Follows the defaults that apply to a literal of this type.</summary>
    private void Walk(InputObjectType type, ValueNode literal)
    {
        if (literal is ListValueNode list)
        {
            foreach (var element in list.Values)
            {
                Walk(type, element);
            }

            return;
        }

        if (literal is not ObjectValueNode value)
        {
            return;
        }

        foreach (var field in type.Fields.Values)
        {
            if (field.Type.Named is not InputObjectType fieldType)
            {
                continue;
            }

            if (value.Fields.FirstOrDefault(f => f.Name.Value == field.Name)?.Value is { } given)
            {
                Walk(fieldType, given);
            }
            else if (field.DefaultValue is { } byDefault)
            {
                WalkDefault(type, field, fieldType, byDefault);
            }
        }
    }

    private void WalkDefault(InputObjectType owner, InputValueDefinition field, InputObjectType fieldType, ValueNode byDefault)
    {
        var start = _path.FindIndex(step => step.Field == field);

        if (start >= 0)
        {
            var chain = string.Join(", ", _path.Skip(start).Select(step => step.Name));
            problems.Add($"Invalid circular reference. The default value of Input Object field {_path[start].Name} refers to itself"
                + (_path.Count - start > 1 ? $" through the default values of: {chain}." : "."));
            return;
        }

        if (!_finished.Add(field))
        {
            return;
        }

        _path.Add((field, $"{owner.Name}.{field.Name}"));
        Walk(fieldType, byDefault);
        _path.RemoveAt(_path.Count - 1);
    }
}
