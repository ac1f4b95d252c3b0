using System.Text.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.Conformance;

/// <summary>
/// What the data says of a field. Objects with one member whose name begins with a dollar sign are instructions: <c>$ref</c> is another object,
/// <c>$error</c> a failure, <c>$args</c> the arguments, <c>$add</c> the request's sum after the argument <c>by</c> was added, <c>$sum</c> that sum,
/// <c>$stream</c> the events of a subscription.
/// </summary>
internal sealed class DataValues(JsonElement data)
{
    /// <summary>The root object of an operation's kind, by the name of its type.</summary>
    public DataObject Root(string typeName) => DataObject.Of(typeName, data.GetProperty(typeName));

    /// <summary>The value of a field of this object; <paramref name="context"/> is null where the field is pure.</summary>
    public object? Of(DataObject parent, FieldDefinition field, ResolverContext? context)
        => parent.Members.TryGetProperty(field.Name, out var value) ? Read(value, field.Type.Named, context) : null;

    private object? Read(JsonElement value, NamedType type, ResolverContext? context) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt32(out var integer) ? integer : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(element => Read(element, type, context)).ToList(),
        _ => ReadObject(value, type, context),
    };

    private object? ReadObject(JsonElement value, NamedType type, ResolverContext? context)
    {
        if (value.TryGetProperty("$ref", out var id))
        {
            return ReadObject(data.GetProperty("objects").GetProperty(id.GetString()!), type, context);
        }

        if (value.TryGetProperty("$error", out var message))
        {
            throw new DataException(message.GetString()!);
        }

        if (value.TryGetProperty("$args", out _))
        {
            return ArgumentsOf(context!);
        }

        if (value.TryGetProperty("$sum", out _) || value.TryGetProperty("$add", out _))
        {
            var request = (DataRequest)context!.Request;
            return request.Sum += ArgumentsOf(context).TryGetValue("by", out var by) ? (int)by! : 0;
        }

        if (value.TryGetProperty("$stream", out var events))
        {
            return StreamAsync(events, type, context);
        }

        if (value.TryGetProperty("__typename", out var typeName))
        {
            return DataObject.Of(typeName.GetString()!, value);
        }

        return type is ObjectType ? DataObject.Of(type.Name, value) : value;
    }

    private async IAsyncEnumerable<object?> StreamAsync(JsonElement events, NamedType type, ResolverContext? context)
    {
        foreach (var value in events.EnumerateArray())
        {
            await Task.Yield();
            yield return Read(value, type, context);
        }
    }

    private static Dictionary<string, object?> ArgumentsOf(ResolverContext context)
        => context.Field.Arguments.Zip(context.Arguments).Where(pair => pair.Second != Absent.Value)
            .ToDictionary(pair => pair.First.Name, pair => pair.Second);
}
