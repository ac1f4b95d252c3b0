using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Who may decide about the members of a team: this platform, or a sign-in provider.</summary>
public sealed class TeamProviders(IOptions<AuthOptions> options)
{
    // Besides this platform the providers that scripts name, configured or not: a team may be made before its provider is.
    private readonly string[] _known =
        [.. new[] { Team.LocalProvider, "okta", "auth0", "microsoft", "ida", "adfs" }.Union(options.Value.Providers.Keys.Order(StringComparer.Ordinal))];

    /// <summary>The provider with this name, however it is spelled; this platform for null and for the empty text.</summary>
    /// <exception cref="TeamProviderUnknownException">There is none.</exception>
    public string Find(string? name)
        => string.IsNullOrWhiteSpace(name)
            ? Team.LocalProvider
            : Array.Find(_known, known => NameKey.Of(known) == NameKey.Of(name.Trim())) ?? throw new TeamProviderUnknownException(_known);
}
