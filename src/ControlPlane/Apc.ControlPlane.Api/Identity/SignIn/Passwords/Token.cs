using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>A token as it is handed out.</summary>
/// <remarks>Not a record: a record would print the token.</remarks>
public sealed class Token(string value, TokenPayload payload)
{
    /// <summary>The text for the `Authorization` header, alone or after `Bearer`. It is shown this once.</summary>
    public string Value { get; } = value;

    /// <summary>What the token says.</summary>
    public TokenPayload Payload { get; } = payload;
}

/// <summary>What a token says, besides its secret.</summary>
/// <param name="Id">The user whose token it is.</param>
/// <param name="Iat">When it was issued, in seconds since 1970, UTC.</param>
/// <param name="Exp">From when on it is refused, in seconds since 1970, UTC.</param>
public sealed record TokenPayload(Guid Id, int Iat, int Exp)
{
    /// <summary>The user whose token it is.</summary>
    [GraphQLDeprecated("Use `id`.")]
    public Guid Uuid => Id;
}
