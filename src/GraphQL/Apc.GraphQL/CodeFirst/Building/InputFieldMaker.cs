using System.Reflection;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Makes arguments of parameters, and input fields of the members of records.</summary>
internal sealed class InputFieldMaker(ClrTypes types, ValueBinders binders, XmlDocs docs, List<string> problems)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>The argument behind a resolver's parameter.</summary>
    public InputValueDefinition OfParameter(ParameterInfo parameter)
        => Make(
            Names.OfArgument(parameter),
            parameter,
            _nullability.Create(parameter),
            Display.Of(parameter),
            Fallback.Of(parameter),
            () => docs.Of(parameter));

    /// <summary>The fields of an input object, in the order that the record's <see cref="RecordBinding.Create"/> expects.</summary>
    public IEnumerable<InputValueDefinition> OfRecord(RecordBinding record) => record.Members.Select(OfMember);

    private InputValueDefinition OfMember(RecordMember member) => member.Parameter is { } parameter
        ? Make(
            Names.OfField(member.Property),
            member.Property,
            _nullability.Create(parameter),
            Display.Of(member.Property),
            Fallback.Of(parameter),
            () => docs.Of(member.Property))
        : Make(
            Names.OfField(member.Property),
            member.Property,
            _nullability.Create(member.Property),
            Display.Of(member.Property),
            Fallback.LeaveAbsent,
            () => docs.Of(member.Property));

    private InputValueDefinition Make(
        string name, ICustomAttributeProvider attributes, NullabilityInfo info, string where, Fallback fallback, Func<string?> description)
    {
        var isOptional = info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() == typeof(Optional<>);
        var shape = TypeShape.OfInput(isOptional ? info.GenericTypeArguments[0] : info, types.IsLeaf);

        if (isOptional && !shape.IsNullable)
        {
            problems.Add($"{where}: what may be left out may be null too. Write Optional<{Display.Of(shape.Type)}?>.");
        }

        var type = types.InputType(shape, Attribute<GraphQLTypeAttribute>(attributes)?.Type, where);

        return new InputValueDefinition(name, type)
        {
            DescribedBy = description,
            DeprecationReason = Attribute<GraphQLDeprecatedAttribute>(attributes)?.Reason,
            MaxElements = Attribute<MaxElementsAttribute>(attributes)?.Elements,
            DefaultValue = Attribute<GraphQLDefaultAttribute>(attributes) is { } given
                ? Parse(given.Literal, where)
                : fallback.Literal(type, where, problems),
            Bind = isOptional ? binders.OptionalFor(info.Type, shape) : binders.For(shape, fallback),
        };
    }

    private ValueNode? Parse(string literal, string where)
    {
        try
        {
            return GraphQLParser.ParseValue(literal);
        }
        catch (SyntaxErrorException e)
        {
            problems.Add($"{where}: [GraphQLDefault(\"{literal}\")] is no literal. {e.Message}");
            return null;
        }
    }

    private static T? Attribute<T>(ICustomAttributeProvider member)
        where T : Attribute
        => (T?)member.GetCustomAttributes(typeof(T), inherit: false).FirstOrDefault();
}
