using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.ControlPlane.Api.Identity.Teams;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

public sealed class TeamProvidersTests
{
    private readonly TeamProviders _providers = new(Options.Create(new AuthOptions { Providers = { ["corp"] = new(), ["okta"] = new() } }));

    [Theory]
    [InlineData(null, "local")]
    [InlineData(" ", "local")]
    [InlineData("local", "local")]
    [InlineData("Okta", "okta")]
    [InlineData("adfs", "adfs")]
    [InlineData(" CORP ", "corp")]
    public void Knows_this_platform_and_sign_in_providers_configured_or_not(string? name, string provider)
        => Assert.Equal(provider, _providers.Find(name));

    [Fact]
    public void Names_all_it_knows_where_there_is_no_such_provider()
        => Assert.Equal(
            "provider is one of local, okta, auth0, microsoft, ida, adfs, corp.",
            Assert.Throws<TeamProviderUnknownException>(() => _providers.Find("other")).Message);
}
