using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>The names of those who may decide about the members of a team: this platform, or a sign-in provider.</summary>
public sealed class TeamProviders(IOptions<AuthOptions> options)
{
    // Existing scripts name these providers, and may make a team before its provider is configured.
    private static readonly string[] AlwaysKnown = [Team.LocalProvider, "okta", "auth0", "microsoft", "ida", "adfs"];

    private readonly string[] _known = [.. AlwaysKnown.Union(options.Value.Providers.Keys.Order(StringComparer.Ordinal))];

    /// <summary>The provider with this name, whatever its case; this platform for null and for the empty text.</summary>
    /// <exception cref="TeamProviderUnknownException">There is none.</exception>
    public string Find(string? name)
        => string.IsNullOrWhiteSpace(name)
            ? Team.LocalProvider
            : Array.Find(_known, known => NameKey.Of(known) == NameKey.Of(name.Trim())) ?? throw new TeamProviderUnknownException(_known);
}
