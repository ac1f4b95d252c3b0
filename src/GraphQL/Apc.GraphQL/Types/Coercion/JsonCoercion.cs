using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Coerces one JSON value and reports all its problems.</summary>
internal ref struct JsonCoercion(ICollection<InputProblem> problems)
{
    private InputPath _path;

    public object? Coerce(JsonElement value, GraphQLType type)
    {
        if (type is NonNullType nonNull)
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                return Report(value, $"Expected non-nullable type \"{type}\" not to be null.");
            }

            type = nonNull.OfType;
        }

        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        return type switch
        {
            LeafType leaf => CoerceLeaf(value, leaf),
            ListType list => CoerceList(value, list.OfType),
            InputObjectType input => CoerceObject(value, input),
            _ => throw new InvalidOperationException($"{type} is no input type."),
        };
    }

    private object? CoerceLeaf(JsonElement value, LeafType type)
    {
        try
        {
            return type.ParseValue(value);
        }
        catch (CoercionException e)
        {
            return Report(value, e.Message, e.SuggestionLength);
        }
    }

    private object?[] CoerceList(JsonElement value, GraphQLType elementType)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            // A single value is a list of one element, with the path of the list.
            return [Coerce(value, elementType)];
        }

        var elements = new object?[value.GetArrayLength()];
        var index = 0;

        foreach (var element in value.EnumerateArray())
        {
            // Each wrong element costs an exception and a message, so stop at the limit.
            if (problems.Count > ValueCoercion.MaxProblems)
            {
                break;
            }

            _path.Enter(index);
            elements[index++] = Coerce(element, elementType);
            _path.Leave();
        }

        return elements;
    }

    private object? CoerceObject(JsonElement value, InputObjectType type)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Report(value, $"Expected type \"{type.Name}\" to be an object.");
        }

        var known = problems.Count;
        var fields = new InputFields(type);

        foreach (var field in type.Fields.Values)
        {
            if (!JsonStrings.TryGetMember(value, field.Name, out var given))
            {
                if (!fields.TryAddDefault(field) && field.Type is NonNullType)
                {
                    Report(value, $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
                }

                continue;
            }

            _path.Enter(field.Name);
            fields.Add(field, Coerce(given, field.Type));
            _path.Leave();
        }

        ReportUnknownFields(value, type);

        if (type.IsOneOf)
        {
            CheckOneOf(value, type, fields);
        }

        return problems.Count > Math.Min(known, ValueCoercion.MaxProblems) ? null : Complete(value, fields);
    }

    private readonly object? Complete(JsonElement value, InputFields fields)
    {
        try
        {
            return fields.Complete();
        }
        catch (CoercionException e)
        {
            return Report(value, e.Message, e.SuggestionLength);
        }
    }

    private readonly void ReportUnknownFields(JsonElement value, InputObjectType type)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (problems.Count > ValueCoercion.MaxProblems)
            {
                break;
            }

            var name = JsonStrings.NameOf(member);

            if (!type.Fields.ContainsKey(name))
            {
                var suggestion = DidYouMean.Text(name, type.Fields.Keys);
                Report(value, $"Field \"{name}\" is not defined by type \"{type.Name}\".{suggestion}", suggestion.Length);
            }
        }
    }

    private void CheckOneOf(JsonElement value, InputObjectType type, InputFields fields)
    {
        if (fields.Count != 1)
        {
            Report(value, $"Exactly one key must be specified for OneOf type \"{type.Name}\".");
        }

        // As in graphql-js: in addition to the problem above, and only for the first field.
        if (fields.First is (var field, null)
            && JsonStrings.TryGetMember(value, field.Name, out var given)
            && given.ValueKind == JsonValueKind.Null)
        {
            _path.Enter(field.Name);
            Report(given, $"Field \"{field.Name}\" must be non-null.");
            _path.Leave();
        }
    }

    private readonly object? Report(JsonElement value, string message, int suggestionLength = 0)
    {
        if (problems.Count <= ValueCoercion.MaxProblems)
        {
            problems.Add(new InputProblem(_path.ToString(), value, message) { SuggestionLength = suggestionLength });
        }

        return null;
    }
}
