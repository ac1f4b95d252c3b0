using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Leaf Field Selections: fields of scalars and enums have no selection, all other fields have one.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections</remarks>
internal sealed class ScalarLeafsRule(ValidationContext context) : ValidationRule
{
    public override void Enter(FieldNode field)
    {
        if (context.Types.Type is not { } type)
        {
            return;
        }

        var name = field.Name.Value;

        switch (type.Named, field.SelectionSet)
        {
            case (LeafType, { } selectionSet):
                context.Report(new GraphQLError($"Field \"{name}\" must not have a selection since type \"{type}\" has no subfields.")
                {
                    Nodes = [selectionSet],
                });
                break;

            case (CompositeType, null):
                var suggestion = $" Did you mean \"{name} {{ ... }}\"?";
                context.Report(new GraphQLError($"Field \"{name}\" of type \"{type}\" must have a selection of subfields.{suggestion}")
                {
                    Nodes = [field],
                    SuggestionLength = suggestion.Length,
                });
                break;
        }
    }
}
