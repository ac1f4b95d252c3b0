namespace Apc.GraphQL.Types;

/// <summary>The names of directive locations in documents.</summary>
internal static class DirectiveLocations
{
    /// <summary>All locations in the order of the specification.</summary>
    public static readonly DirectiveLocation[] All = Enum.GetValues<DirectiveLocation>();

    /// <summary>The name, such as <c>FIELD_DEFINITION</c>.</summary>
    public static string NameOf(DirectiveLocation location) => UpperSnakeCase.Of(location.ToString());

    /// <summary>The location of a name that the parser has accepted.</summary>
    public static DirectiveLocation Parse(string name) => Array.Find(All, location => NameOf(location) == name);
}
