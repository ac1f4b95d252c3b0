using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// Accepts only id tokens that a key of the provider signed; the framework would accept unsigned ones from the token endpoint. For an
/// unknown key, which may be new, the provider's document is read again.
/// </summary>
internal sealed class SignedIdTokens(ProviderDocument document) : JsonWebTokenHandler
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new TokenValidationResult { Exception = new ProviderAnswerException("The token endpoint gave no id token.") };
        }

        validationParameters.RequireSignedTokens = true;
        validationParameters.ValidAlgorithms = Algorithms;
        var result = await base.ValidateTokenAsync(token, validationParameters);

        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException)
        {
            return result;
        }

        document.RequestRefresh();
        validationParameters.IssuerSigningKeys = (await document.GetConfigurationAsync(CancellationToken.None)).SigningKeys;
        return await base.ValidateTokenAsync(token, validationParameters);
    }
}
