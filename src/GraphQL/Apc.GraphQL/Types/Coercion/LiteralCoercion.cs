using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Coerces literals. Returns only whether it succeeded: validation has already reported wrong literals.</summary>
internal static class LiteralCoercion
{
    public static bool TryCoerce(ValueNode literal, GraphQLType type, IVariableValues? variables, out object? value)
    {
        value = null;

        if (literal is VariableNode variable)
        {
            return variables is not null
                && variables.TryGetValue(variable.Name.Value, out value)
                && (value is not null || type is not NonNullType);
        }

        if (literal is NullValueNode)
        {
            return type is not NonNullType;
        }

        return type.Nullable switch
        {
            LeafType leaf => TryCoerceLeaf(literal, leaf, variables, out value),
            ListType list => TryCoerceList(literal, list.OfType, variables, out value),
            InputObjectType input => TryCoerceObject(literal, input, variables, out value),
            _ => false,
        };
    }

    private static bool TryCoerceLeaf(ValueNode literal, LeafType type, IVariableValues? variables, out object? value)
    {
        try
        {
            value = type.ParseLiteral(literal, variables);
            return true;
        }
        catch (CoercionException)
        {
            value = null;
            return false;
        }
    }

    private static bool TryCoerceList(ValueNode literal, GraphQLType elementType, IVariableValues? variables, out object? value)
    {
        value = null;

        if (literal is not ListValueNode list)
        {
            if (!TryCoerce(literal, elementType, variables, out var single))
            {
                return false;
            }

            value = new[] { single };
            return true;
        }

        var elements = new object?[list.Values.Count];

        for (var i = 0; i < elements.Length; i++)
        {
            if (IsMissing(list.Values[i], variables))
            {
                if (elementType is NonNullType)
                {
                    return false;
                }
            }
            else if (!TryCoerce(list.Values[i], elementType, variables, out elements[i]))
            {
                return false;
            }
        }

        value = elements;
        return true;
    }

    private static bool TryCoerceObject(ValueNode literal, InputObjectType type, IVariableValues? variables, out object? value)
    {
        value = null;

        if (literal is not ObjectValueNode node || node.Fields.Any(f => !type.Fields.ContainsKey(f.Name.Value)))
        {
            return false;
        }

        var fields = new InputFields(type);

        foreach (var field in type.Fields.Values)
        {
            var given = Find(node, field.Name);

            if (given is null || IsMissing(given, variables))
            {
                if (!fields.TryAddDefault(field) && field.Type is NonNullType)
                {
                    return false;
                }
            }
            else if (TryCoerce(given, field.Type, variables, out var fieldValue))
            {
                fields.Add(field, fieldValue);
            }
            else
            {
                return false;
            }
        }

        if (type.IsOneOf && fields is not { Count: 1, First: (_, not null) })
        {
            return false;
        }

        return TryComplete(fields, out value);
    }

    private static bool TryComplete(InputFields fields, out object? value)
    {
        try
        {
            value = fields.Complete();
            return true;
        }
        catch (CoercionException)
        {
            value = null;
            return false;
        }
    }

    private static ValueNode? Find(ObjectValueNode node, string name)
    {
        foreach (var field in node.Fields)
        {
            if (field.Name.Value == name)
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <summary>True for a variable without a value. It counts as not given; any other wrong value is an error.</summary>
    private static bool IsMissing(ValueNode literal, IVariableValues? variables)
        => literal is VariableNode variable && (variables is null || !variables.TryGetValue(variable.Name.Value, out _));
}
