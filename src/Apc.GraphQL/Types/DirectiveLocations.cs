namespace Apc.GraphQL.Types;

/// <summary>The wire names of directive locations.</summary>
internal static class DirectiveLocations
{
    private static readonly Dictionary<string, DirectiveLocation> ByName =
        Enum.GetValues<DirectiveLocation>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The wire name, such as <c>FIELD_DEFINITION</c>.</summary>
    public static string NameOf(DirectiveLocation location) => UpperSnakeCase.Of(location.ToString());

    /// <summary>The location of a wire name that the parser has let pass.</summary>
    public static DirectiveLocation Parse(string name) => ByName[name];
}
