using Apc.GraphQL.Language;

namespace Apc.GraphQL.Types;

/// <summary>Finds the elements of a schema by their coordinates.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Coordinates.Resolving-a-Schema-Coordinate</remarks>
public static class SchemaCoordinates
{
    /// <summary>
    /// The element: a <see cref="NamedType"/>, <see cref="FieldDefinition"/>, <see cref="InputValueDefinition"/>,
    /// <see cref="EnumValueDefinition"/> or <see cref="DirectiveDefinition"/>; null if only the last name of the coordinate is unknown.
    /// </summary>
    /// <exception cref="SchemaCoordinateException">The container of the element is unknown or cannot have such an element.</exception>
    public static object? Resolve(Schema schema, SchemaCoordinate coordinate)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(coordinate);

        return coordinate switch
        {
            TypeCoordinate type => schema.FindType(type.Type),
            MemberCoordinate member => FindMember(TypeOf(schema, member.Type), member.Member),
            ArgumentCoordinate argument => FieldOf(TypeOf(schema, argument.Type), argument.Field).FindArgument(argument.Argument),
            DirectiveCoordinate directive => schema.FindDirective(directive.Directive),
            _ => FindArgument(schema, (DirectiveArgumentCoordinate)coordinate),
        };
    }

    private static NamedType TypeOf(Schema schema, string name)
        => schema.FindType(name) ?? throw new SchemaCoordinateException($"Expected \"{name}\" to be defined as a type in the schema.");

    private static object? FindMember(NamedType type, string name) => type switch
    {
        EnumType enumType => enumType.Values.GetValueOrDefault(name),
        InputObjectType input => input.Fields.GetValueOrDefault(name),
        FieldedType fielded => fielded.Fields.GetValueOrDefault(name),
        _ => throw new SchemaCoordinateException($"Expected \"{type.Name}\" to be an Enum, Input Object, Object or Interface type."),
    };

    private static FieldDefinition FieldOf(NamedType type, string name)
    {
        if (type is not FieldedType fielded)
        {
            throw new SchemaCoordinateException($"Expected \"{type.Name}\" to be an object type or interface type.");
        }

        return fielded.Fields.GetValueOrDefault(name)
            ?? throw new SchemaCoordinateException($"Expected \"{name}\" to exist as a field of type \"{type.Name}\" in the schema.");
    }

    private static InputValueDefinition? FindArgument(Schema schema, DirectiveArgumentCoordinate coordinate)
    {
        var directive = schema.FindDirective(coordinate.Directive)
            ?? throw new SchemaCoordinateException($"Expected \"{coordinate.Directive}\" to be defined as a directive in the schema.");
        return directive.Arguments.FirstOrDefault(a => a.Name == coordinate.Argument);
    }
}

/// <summary>A coordinate whose container is unknown in the schema or cannot have such an element.</summary>
public sealed class SchemaCoordinateException(string message) : Exception(message);
