using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Takes id tokens that a key of the provider signed, and no others; the framework would take unsigned ones that came from the token endpoint.</summary>
/// <remarks>A key that is not known may be new: the provider's document is read again before the token is refused.</remarks>
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
