using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Identity.SignIn.OAuth;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Which settings of a provider stop the start, and how that is said.</summary>
public sealed class AuthProviderOptionsTests
{
    private const string Secret = "a-secret-of-the-provider";

    [Fact]
    public void Good_ones_are_taken() => Assert.Empty(Options().Problems("acme-2", "P"));

    [Fact]
    public void All_that_is_missing_is_named()
        => Assert.Equal(
            [
                "P:ClientId is missing.",
                "P:ClientSecret is missing.",
                "P:AuthorizationEndpoint is missing.",
                "P:TokenEndpoint is missing.",
                "P:UserInfoEndpoint is missing.",
            ],
            new AuthProviderOptions().Problems("acme", "P"));

    [Fact]
    public void All_that_is_wrong_is_named_but_the_secret_is_not_shown()
        => Assert.Equal(
            [
                "P:AuthorizationEndpoint is 'http://idp.example.com/a', which is not https, and AllowHttp is off.",
                "P:TokenEndpoint is 'https://user:x@idp.example.com/t'; allowed is an https address without user and fragment.",
                "P:UserInfoEndpoint is 'ftp://idp.example.com/u'; allowed is an https address without user and fragment.",
                "P:AllowedDomains: '@example.com' is no domain; allowed is a name such as example.com.",
                "P:Groups:eng is ' '. The name of a team is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.",
            ],
            new AuthProviderOptions
            {
                ClientId = "x",
                ClientSecret = "hush",
                AuthorizationEndpoint = "http://idp.example.com/a",
                TokenEndpoint = "https://user:x@idp.example.com/t",
                UserInfoEndpoint = "ftp://idp.example.com/u",
                AllowedDomains = ["example.com", "@example.com"],
                Groups = new() { ["eng"] = " " },
            }.Problems("acme", "P"));

    [Theory]
    [InlineData("https://idp.example.com")]
    [InlineData("https://idp.example.com/realms/acme/")]
    public void An_authority_stands_for_the_three_endpoints(string authority) => Assert.Empty(OpenId(authority).Problems("acme", "P"));

    [Fact]
    public void All_that_is_wrong_with_a_provider_of_OpenID_Connect_is_named()
        => Assert.Equal(
            [
                "P:Authority is 'http://idp.example.com', which is not https, and AllowHttp is off.",
                "P:TokenEndpoint is set beside Authority, which says the endpoints itself; set one or the other.",
                "P:Scopes is 'email profile'; with Authority openid has to be among them.",
            ],
            new AuthProviderOptions
            {
                ClientId = "x",
                ClientSecret = Secret,
                Authority = "http://idp.example.com",
                TokenEndpoint = "https://idp.example.com/t",
                Scopes = "email profile",
            }.Problems("acme", "P"));

    [Theory]
    [InlineData("https://idp.example.com/?tenant=1")]
    [InlineData("idp.example.com")]
    [InlineData("https://user:x@idp.example.com")]
    public void An_authority_is_an_address_to_which_something_can_be_added(string authority)
        => Assert.Equal([$"P:Authority is '{authority}'; allowed is an https address without user, query and fragment."], OpenId(authority).Problems("acme", "P"));

    [Theory]
    [InlineData("Acme")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("local")]
    public void A_name_that_addresses_and_teams_cannot_have_is_refused(string name)
        => Assert.Equal(
            ["P is no name of a provider; allowed are lower-case letters, digits and hyphens, at most 64, but not local."], Options().Problems(name, "P"));

    [Theory]
    [InlineData("/v1/oauth/callback", true)]
    [InlineData("/v1/oauth/redirect/", true)]
    [InlineData("/v1/oauth/callback/acme", true)]
    [InlineData("/v1/oauth/token", false)]
    [InlineData("/v1", false)]
    [InlineData("https://houston.example.com/v1/oauth/callback", false)]
    public void A_callback_path_is_one_of_the_documented_ones(string path, bool isTaken)
        => Assert.Equal(
            isTaken
                ? []
                : [$"P:CallbackPath is '{path}'; allowed is /v1/oauth/callback, /v1/oauth/redirect or a path below of lower-case letters, digits and hyphens."],
            Options(path).Problems("acme", "P"));

    [Fact]
    public void Two_providers_with_one_callback_path_are_named()
        => Assert.Equal(
            ["Auth:Providers:acme and Auth:Providers:other have the CallbackPath /v1/oauth/callback; each needs one of its own."],
            new AuthOptions { Providers = new() { ["acme"] = Options("/v1/oauth/callback"), ["third"] = Options(), ["other"] = Options("/v1/oauth/callback") } }
                .Validate(new ValidationContext(new object())).Select(p => p.ErrorMessage));

    private static AuthProviderOptions OpenId(string authority) => new() { ClientId = "x", ClientSecret = Secret, Authority = authority };

    private static AuthProviderOptions Options(string? callbackPath = null) => new()
    {
        CallbackPath = callbackPath,
        ClientId = "x",
        ClientSecret = Secret,
        AuthorizationEndpoint = "https://idp.example.com/authorize",
        TokenEndpoint = "https://idp.example.com/token",
        UserInfoEndpoint = "https://idp.example.com/userinfo",
    };
}
