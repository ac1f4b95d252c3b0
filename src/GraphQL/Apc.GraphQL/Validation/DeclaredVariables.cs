using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>The variables that an operation declares, by name; of several with one name the last.</summary>
internal readonly struct DeclaredVariables
{
    // Below this number a linear search is faster.
    private const int WorthAnIndex = 8;

    private readonly IReadOnlyList<VariableDefinitionNode> _definitions;
    private readonly Dictionary<string, VariableDefinitionNode>? _index;

    public DeclaredVariables(OperationDefinitionNode operation)
    {
        _definitions = operation.VariableDefinitions;

        if (_definitions.Count >= WorthAnIndex)
        {
            _index = new(_definitions.Count, StringComparer.Ordinal);

            foreach (var definition in _definitions)
            {
                _index[definition.Variable.Name.Value] = definition;
            }
        }
    }

    /// <summary>The declaration of this variable, or null.</summary>
    public VariableDefinitionNode? Find(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name);
        }

        for (var i = _definitions.Count - 1; i >= 0; i--)
        {
            if (_definitions[i].Variable.Name.Value == name)
            {
                return _definitions[i];
            }
        }

        return null;
    }
}
