using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Values of Correct Type: a literal is of the type that is expected at its place.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type</remarks>
internal sealed class ValuesOfCorrectTypeRule(ValidationContext context) : ValidationRule
{
    public override void Enter(ListValueNode value)
    {
        // At a list literal InputType is already the type of the elements; the type of the list is ParentInputType.
        if (context.Types.ParentInputType?.Nullable is not ListType)
        {
            CheckLeaf(value);
            SkipInside(value);
        }
    }

    public override void Enter(ObjectValueNode value)
    {
        if (context.Types.InputType?.Named is not InputObjectType type)
        {
            CheckLeaf(value);
            SkipInside(value);
            return;
        }

        var given = value.Fields.Select(f => f.Name.Value).ToHashSet(StringComparer.Ordinal);

        foreach (var field in type.Fields.Values.Where(field => field.IsRequired && !given.Contains(field.Name)))
        {
            context.Report(new GraphQLError(
                $"Field \"{type.Name}.{field.Name}\" of required type \"{field.Type}\" was not provided.")
            {
                Nodes = [value],
            });
        }

        if (type.IsOneOf)
        {
            CheckOneOf(value, type, given);
        }
    }

    public override void Enter(ObjectFieldNode field)
    {
        if (context.Types is { InputType: null, ParentInputType.Named: InputObjectType type })
        {
            var name = field.Name.Value;
            var suggestion = DidYouMean.Text(name, type.Fields.Keys);
            context.Report(new GraphQLError($"Field \"{name}\" is not defined by type \"{type.Name}\".{suggestion}")
            {
                Nodes = [field],
                SuggestionLength = suggestion.Length,
            });
        }
    }

    public override void Enter(NullValueNode value)
    {
        if (context.Types.InputType is NonNullType type)
        {
            Report(value, type);
        }
    }

    public override void Enter(EnumValueNode value) => CheckLeaf(value);

    public override void Enter(IntValueNode value) => CheckLeaf(value);

    public override void Enter(FloatValueNode value) => CheckLeaf(value);

    public override void Enter(StringValueNode value) => CheckLeaf(value);

    public override void Enter(BooleanValueNode value) => CheckLeaf(value);

    private void CheckLeaf(ValueNode value)
    {
        if (context.Types.InputType is not { } type)
        {
            return;
        }

        if (type.Named is not LeafType leaf)
        {
            Report(value, type);
            return;
        }

        try
        {
            leaf.ParseLiteral(value, variables: null);
        }
        catch (CoercionException wrong)
        {
            context.Report(new GraphQLError(wrong.Message) { Nodes = [value], SuggestionLength = wrong.SuggestionLength });
        }
    }

    private void CheckOneOf(ObjectValueNode value, InputObjectType type, HashSet<string> given)
    {
        if (given.Count != 1)
        {
            context.Report(new GraphQLError($"OneOf Input Object \"{type.Name}\" must specify exactly one key.") { Nodes = [value] });
        }
        else if (value.Fields[^1] is { Value: NullValueNode } field)
        {
            context.Report(new GraphQLError($"Field \"{type.Name}.{field.Name.Value}\" must be non-null.") { Nodes = [value] });
        }
    }

    private void Report(ValueNode value, GraphQLType type)
        => context.Report(new GraphQLError($"Expected value of type \"{type}\", found {SyntaxPrinter.Print(value)}.")
        {
            Nodes = [value],
        });
}
