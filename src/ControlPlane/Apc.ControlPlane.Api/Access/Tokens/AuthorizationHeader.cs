namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Finds the token in an <c>Authorization</c> value, which older clients send as it is and others after the word <c>Bearer</c>.</summary>
public static class AuthorizationHeader
{
    private const string Bearer = "Bearer";

    /// <summary>The token within the value; the value itself where no scheme precedes it; empty for a missing header.</summary>
    public static ReadOnlySpan<char> TokenIn(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var hasScheme = value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && (value.Length == Bearer.Length || value[Bearer.Length] is ' ' or '\t');

        return hasScheme ? value[Bearer.Length..].TrimStart() : value;
    }
}
