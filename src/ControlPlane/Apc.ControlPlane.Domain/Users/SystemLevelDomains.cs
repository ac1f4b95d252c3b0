namespace Apc.ControlPlane.Domain.Users;

/// <summary>The rule that restricts system roles, and sign-ins through a provider, to a company's own addresses.</summary>
public static class SystemLevelDomains
{
    /// <summary>Whether the domain of the address is one of those allowed, not one below, in any case; true if none is listed.</summary>
    public static bool Allow(string address, IReadOnlyList<string> allowed)
        => allowed.Count == 0 || allowed.Any(domain => NameKey.Of(domain) == NameKey.Of(address[(address.LastIndexOf('@') + 1)..]));
}
