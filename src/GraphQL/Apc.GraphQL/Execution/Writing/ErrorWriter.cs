using System.Globalization;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>Writes errors with their members in the order of graphql-js: message, locations, path, extensions.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Errors</remarks>
internal static class ErrorWriter
{
    /// <summary>The response of a request that was not executed.</summary>
    public static void WriteResponse(JsonWriter writer, IReadOnlyList<GraphQLError> errors, bool suggests = true)
    {
        writer.WriteRaw("{\"errors\":"u8);
        WriteErrors(writer, errors, suggests);
        writer.WriteByte((byte)'}');
    }

    /// <summary>Writes only the list.</summary>
    /// <param name="writer">The list is appended to it.</param>
    /// <param name="errors">At least one.</param>
    /// <param name="suggests">Whether messages may suggest names of the schema.</param>
    public static void WriteErrors(JsonWriter writer, IReadOnlyList<GraphQLError> errors, bool suggests = true)
    {
        var separator = (byte)'[';

        foreach (var error in errors)
        {
            writer.WriteByte(separator);
            Write(writer, error, suggests);
            separator = (byte)',';
        }

        writer.WriteByte((byte)']');
    }

    private static void Write(JsonWriter writer, GraphQLError error, bool suggests)
    {
        writer.WriteRaw("{\"message\":"u8);
        writer.WriteString(suggests ? error.Message : error.PlainMessage);

        if (error.Locations.Count > 0)
        {
            writer.WriteRaw(",\"locations\":"u8);
            WriteLocations(writer, error.Locations);
        }

        if (error.Path is { } path)
        {
            writer.WriteRaw(",\"path\":"u8);
            WritePath(writer, path);
        }

        if (error.Code is not null || error.Extensions is { Count: > 0 })
        {
            writer.WriteRaw(",\"extensions\":"u8);
            WriteExtensions(writer, error);
        }

        writer.WriteByte((byte)'}');
    }

    private static void WriteLocations(JsonWriter writer, IReadOnlyList<SourceLocation> locations)
    {
        var separator = (byte)'[';

        foreach (var (line, column) in locations)
        {
            writer.WriteByte(separator);
            writer.WriteRaw("{\"line\":"u8);
            writer.WriteNumber(line);
            writer.WriteRaw(",\"column\":"u8);
            writer.WriteNumber(column);
            writer.WriteByte((byte)'}');
            separator = (byte)',';
        }

        writer.WriteByte((byte)']');
    }

    private static void WritePath(JsonWriter writer, IReadOnlyList<object> path)
    {
        writer.WriteByte((byte)'[');

        for (var i = 0; i < path.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteByte((byte)',');
            }

            WriteScalar(writer, path[i]);
        }

        writer.WriteByte((byte)']');
    }

    private static void WriteExtensions(JsonWriter writer, GraphQLError error)
    {
        var separator = (byte)'{';

        if (error.Code is { } code)
        {
            writer.WriteRaw("{\"code\":"u8);
            writer.WriteString(code);
            separator = (byte)',';
        }

        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>())
        {
            writer.WriteByte(separator);
            writer.WriteString(name);
            writer.WriteByte((byte)':');
            WriteScalar(writer, value);
            separator = (byte)',';
        }

        writer.WriteByte((byte)'}');
    }

    private static void WriteScalar(JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull();
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case int or long or short or byte:
                writer.WriteNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(number);
                break;
            default:
                writer.WriteString(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
