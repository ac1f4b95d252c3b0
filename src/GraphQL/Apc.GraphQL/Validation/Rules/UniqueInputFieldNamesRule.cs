using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Input Object Field Uniqueness: an object literal has each field at most once.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness</remarks>
internal sealed class UniqueInputFieldNamesRule(ValidationContext context) : ValidationRule
{
    private readonly Stack<FirstByName> _outer = [];
    private FirstByName _fields = new();

    public override void Enter(ObjectValueNode value)
    {
        _outer.Push(_fields);
        _fields = new();
    }

    public override void Leave(ObjectValueNode value) => _fields = _outer.Pop();

    // At each field, not at the object: errors inside a field come before those of the next field.
    public override void Enter(ObjectFieldNode field)
    {
        if (_fields.FindOrAdd(field.Name) is { } first)
        {
            context.Report(new GraphQLError($"There can be only one input field named \"{field.Name.Value}\".")
            {
                Nodes = [first, field.Name],
            });
        }
    }
}
