namespace Apc.GraphQL.Types.Checks;

/// <summary>Input objects that cannot have a value, because a chain of required fields leads back to them.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Objects.Circular-References</remarks>
internal sealed class InputCycleChecks(List<string> problems)
{
    private readonly HashSet<InputObjectType> _visited = [];
    private readonly List<(InputObjectType Owner, string Field)> _path = [];

    public static void Check(Schema schema, List<string> problems)
    {
        var checks = new InputCycleChecks(problems);

        foreach (var type in schema.Types.Values.OfType<InputObjectType>())
        {
            checks.Visit(type);
        }
    }

    private void Visit(InputObjectType type)
    {
        if (!_visited.Add(type))
        {
            return;
        }

        foreach (var field in type.Fields.Values)
        {
            if (field.Type is not NonNullType { OfType: InputObjectType next })
            {
                continue;
            }

            _path.Add((type, field.Name));
            var start = _path.FindIndex(step => step.Owner == next);

            if (start < 0)
            {
                Visit(next);
            }
            else
            {
                var chain = string.Join('.', _path.Skip(start).Select(step => step.Field));
                problems.Add(
                    $"Cannot reference Input Object \"{next.Name}\" within itself through a series of non-null fields: \"{chain}\".");
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }
}
