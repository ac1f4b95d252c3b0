namespace Apc.GraphQL.Language;

/// <summary>
/// The name of one element of a schema, such as <c>Query.book(id:)</c>. <see cref="ToString"/> returns its text;
/// <see cref="Types.SchemaCoordinates"/> finds the element.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Coordinates</remarks>
public abstract record SchemaCoordinate
{
    private protected SchemaCoordinate()
    {
    }

    /// <summary>Parses a coordinate. The text has no white space, commas or comments.</summary>
    /// <exception cref="SyntaxErrorException">The text is not a coordinate.</exception>
    public static SchemaCoordinate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SchemaCoordinateParser(new Source(text)).Parse();
    }
}

/// <summary>TypeCoordinate :: Name</summary>
public sealed record TypeCoordinate(string Type) : SchemaCoordinate
{
    /// <inheritdoc/>
    public override string ToString() => Type;
}

/// <summary>MemberCoordinate :: Name . Name – a field, an input field or an enum value.</summary>
public sealed record MemberCoordinate(string Type, string Member) : SchemaCoordinate
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Member}";
}

/// <summary>ArgumentCoordinate :: Name . Name ( Name : )</summary>
public sealed record ArgumentCoordinate(string Type, string Field, string Argument) : SchemaCoordinate
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Field}({Argument}:)";
}

/// <summary>DirectiveCoordinate :: @ Name</summary>
public sealed record DirectiveCoordinate(string Directive) : SchemaCoordinate
{
    /// <inheritdoc/>
    public override string ToString() => $"@{Directive}";
}

/// <summary>DirectiveArgumentCoordinate :: @ Name ( Name : )</summary>
public sealed record DirectiveArgumentCoordinate(string Directive, string Argument) : SchemaCoordinate
{
    /// <inheritdoc/>
    public override string ToString() => $"@{Directive}({Argument}:)";
}
