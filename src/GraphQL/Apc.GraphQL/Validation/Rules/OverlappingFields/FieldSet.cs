namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>The fields of a selection set by response name, and the fragments that it spreads, both in the order of the text.</summary>
internal sealed class FieldSet
{
    private readonly HashSet<string> _fragments = new(StringComparer.Ordinal);

    public OrderedDictionary<string, List<MergingField>> Fields { get; } = new(StringComparer.Ordinal);

    public List<string> Fragments { get; } = [];

    /// <summary>Fragments whose fields have been compared with these. The value is true if only the shapes were compared.</summary>
    public Dictionary<string, bool> ComparedFragments { get; } = new(StringComparer.Ordinal);

    public void Add(MergingField field)
    {
        if (!Fields.TryGetValue(field.Node.ResponseName, out var sameName))
        {
            Fields.Add(field.Node.ResponseName, sameName = []);
        }

        sameName.Add(field);
    }

    public void AddFragment(string name)
    {
        if (_fragments.Add(name))
        {
            Fragments.Add(name);
        }
    }
}
