using System.Linq.Expressions;
using System.Reflection;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>A member of an input record: its property, and the constructor's parameter that sets it, if one does.</summary>
internal sealed record RecordMember(PropertyInfo Property, ParameterInfo? Parameter);

/// <summary>How an input record is made of bound values: parameters through the constructor, the other properties after it.</summary>
internal sealed class RecordBinding
{
    private readonly ConstructorInfo? _constructor;
    private readonly Type _type;
    private Func<object?[], object>? _create;

    public RecordBinding(Type type)
    {
        _type = type;

        // The copy constructor is not public. Of the public constructors, the one with the most parameters is the record's own.
        _constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        var parameters = _constructor?.GetParameters() ?? [];

        Members =
        [
            .. Markers.FieldProperties(type)
                .Select(p => new RecordMember(p, parameters.FirstOrDefault(a => a.Name == p.Name)))
                .Where(m => m.Parameter is not null || m.Property.SetMethod is { IsPublic: true }),
        ];
    }

    public IReadOnlyList<RecordMember> Members { get; }

    /// <summary>The record of these values, in the order of <see cref="Members"/>.</summary>
    public object Create(object?[] values) => (_create ??= Compile())(values);

    private Func<object?[], object> Compile()
    {
        var values = Expression.Parameter(typeof(object?[]), "values");
        var record = Expression.Variable(_type, "record");
        var steps = new List<Expression> { Expression.Assign(record, Construct(values)) };

        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i].Parameter is null)
            {
                var property = Members[i].Property;
                var value = Expression.ArrayIndex(values, Expression.Constant(i));
                steps.Add(Expression.IfThen(
                    Expression.ReferenceNotEqual(value, Expression.Constant(Absent.Value)),
                    Expression.Assign(Expression.Property(record, property), Expression.Convert(value, property.PropertyType))));
            }
        }

        steps.Add(Expression.Convert(record, typeof(object)));
        return Expression.Lambda<Func<object?[], object>>(Expression.Block([record], steps), values).Compile();
    }

    private NewExpression Construct(ParameterExpression values)
    {
        if (_constructor is null)
        {
            return Expression.New(_type);
        }

        var arguments = _constructor.GetParameters().Select(parameter =>
        {
            var index = Members.TakeWhile(m => m.Parameter != parameter).Count();
            return index < Members.Count
                ? (Expression)Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(index)), parameter.ParameterType)
                : Expression.Default(parameter.ParameterType);
        });

        return Expression.New(_constructor, arguments);
    }
}
