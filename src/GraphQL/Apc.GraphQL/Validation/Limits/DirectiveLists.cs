using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Finds the directives of a document.</summary>
internal static class DirectiveLists
{
    /// <summary>One list for each place with directives, without type-system definitions, which are never executed.</summary>
    public static List<IReadOnlyList<DirectiveNode>> In(DocumentNode document)
    {
        var places = new List<IReadOnlyList<DirectiveNode>>();

        foreach (var definition in document.Definitions)
        {
            switch (definition)
            {
                case OperationDefinitionNode operation:
                    AddAll(operation.VariableDefinitions, places);
                    Add(operation.Directives, places);
                    AddInside(operation.SelectionSet, places);
                    break;
                case FragmentDefinitionNode fragment:
                    Add(fragment.Directives, places);
                    AddInside(fragment.SelectionSet, places);
                    break;
            }
        }

        return places;
    }

    private static void AddAll(IReadOnlyList<VariableDefinitionNode> definitions, List<IReadOnlyList<DirectiveNode>> places)
    {
        for (var i = 0; i < definitions.Count; i++)
        {
            Add(definitions[i].Directives, places);
        }
    }

    private static void AddInside(SelectionSetNode selectionSet, List<IReadOnlyList<DirectiveNode>> places)
    {
        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            var selection = selectionSet.Selections[i];
            Add(selection.Directives, places);

            switch (selection)
            {
                case FieldNode { SelectionSet: { } inside }:
                    AddInside(inside, places);
                    break;
                case InlineFragmentNode fragment:
                    AddInside(fragment.SelectionSet, places);
                    break;
            }
        }
    }

    private static void Add(IReadOnlyList<DirectiveNode> directives, List<IReadOnlyList<DirectiveNode>> places)
    {
        if (directives.Count > 0)
        {
            places.Add(directives);
        }
    }
}
