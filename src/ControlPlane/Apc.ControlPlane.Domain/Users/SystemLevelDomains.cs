namespace Apc.ControlPlane.Domain.Users;

/// <summary>The rule by which a company keeps system roles, and sign-ins through a provider, to addresses of its own.</summary>
public static class SystemLevelDomains
{
    /// <summary>
    /// Whether whoever has this address is let in: its domain is one of those allowed, exactly, whatever its case. Where none is listed,
    /// everybody is; a domain below a listed one is another domain.
    /// </summary>
    public static bool Allow(string address, IReadOnlyList<string> allowed)
        => allowed.Count == 0 || allowed.Any(domain => NameKey.Of(domain) == NameKey.Of(address[(address.LastIndexOf('@') + 1)..]));
}
