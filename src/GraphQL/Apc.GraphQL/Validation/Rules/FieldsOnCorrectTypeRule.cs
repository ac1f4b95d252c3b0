using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Field Selections: a field exists in the type on which it is selected.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Field-Selections</remarks>
internal sealed class FieldsOnCorrectTypeRule(ValidationContext context) : ValidationRule
{
    public override void Enter(FieldNode field)
    {
        if (context.Types is { ParentType: { } type, Field: null })
        {
            var name = field.Name.Value;
            var types = TypesWith(name, type);

            // Types that have the field are more helpful than fields with a similar name.
            var suggestion = types.Count > 0
                ? DidYouMean.Text(types, "to use an inline fragment on")
                : type is FieldedType fielded ? DidYouMean.Text(name, fielded.Fields.Keys) : "";

            context.Report(new GraphQLError($"Cannot query field \"{name}\" on type \"{type.Name}\".{suggestion}")
            {
                Nodes = [field],
                SuggestionLength = suggestion.Length,
            });
        }
    }

    /// <summary>
    /// The names of the possible types, and of their interfaces, that have the field: first the interfaces that most of these types share,
    /// then the types themselves.
    /// </summary>
    private List<string> TypesWith(string fieldName, CompositeType type)
    {
        if (type is ObjectType)
        {
            return [];
        }

        var uses = new Dictionary<FieldedType, int>();

        foreach (var possible in context.Schema.PossibleTypes(type).Where(t => t.Fields.ContainsKey(fieldName)))
        {
            uses[possible] = 1;

            foreach (var shared in possible.Interfaces.Where(i => i.Fields.ContainsKey(fieldName)))
            {
                uses[shared] = uses.GetValueOrDefault(shared) + 1;
            }
        }

        return [.. uses.Order(Comparer<KeyValuePair<FieldedType, int>>.Create(ByUsefulness)).Select(u => u.Key.Name)];
    }

    private int ByUsefulness(KeyValuePair<FieldedType, int> one, KeyValuePair<FieldedType, int> other)
    {
        if (one.Value != other.Value)
        {
            return other.Value - one.Value;
        }

        if (one.Key is InterfaceType && context.Schema.IsSubType(one.Key, other.Key))
        {
            return -1;
        }

        if (other.Key is InterfaceType && context.Schema.IsSubType(other.Key, one.Key))
        {
            return 1;
        }

        return NaturalOrder.Instance.Compare(one.Key.Name, other.Key.Name);
    }
}
