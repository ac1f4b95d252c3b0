using Apc.ControlPlane.Api.Access.Tokens;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public class AuthorizationHeaderTests
{
    [Theory]
    [InlineData("apc_u_token", "apc_u_token")]
    [InlineData("Bearer apc_u_token", "apc_u_token")]
    [InlineData("bearer apc_u_token", "apc_u_token")]
    [InlineData("BEARER\tapc_u_token", "apc_u_token")]
    [InlineData("  Bearer   apc_u_token  ", "apc_u_token")]
    [InlineData("Bearer", "")]
    [InlineData("Bearer ", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("Bearerapc_u_token", "Bearerapc_u_token")]
    [InlineData("Basic dXNlcjpwYXNz", "Basic dXNlcjpwYXNz")]
    public void Finds_the_token_with_and_without_the_scheme(string? value, string token)
        => Assert.Equal(token, AuthorizationHeader.TokenIn(value).ToString());
}
