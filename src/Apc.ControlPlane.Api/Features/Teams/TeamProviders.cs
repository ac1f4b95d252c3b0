using Apc.ControlPlane.Domain.Teams;

namespace Apc.ControlPlane.Api.Features.Teams;

/// <summary>Who may decide about the members of a team: this platform, or a sign-in provider.</summary>
public sealed class TeamProviders
{
    // Besides this platform the providers that scripts name, configured or not: a team may be made before its provider is.
    private static readonly string[] Known = [Team.LocalProvider, "okta", "auth0", "microsoft", "ida", "adfs"];

    /// <summary>The provider with this name, whatever its case; this platform for null and for the empty text.</summary>
    /// <exception cref="TeamProviderUnknownException">There is none.</exception>
    public string Find(string? name)
        => string.IsNullOrWhiteSpace(name)
            ? Team.LocalProvider
            : Array.Find(Known, known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw new TeamProviderUnknownException(Known);
}
