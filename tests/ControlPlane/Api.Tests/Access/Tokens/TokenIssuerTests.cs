using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public class TokenIssuerTests
{
    private static readonly Guid Ada = new("01980000-0000-7000-8000-00000000000a");

    private readonly FakeClock _clock = new();

    [Fact]
    public void A_user_token_lives_24_hours()
    {
        var (token, row) = new TokenIssuer(_clock).IssueForUser(Ada);

        Assert.True(AccessToken.TryParse(token.Text, out var parsed));
        Assert.Equal(AccessTokenKind.User, parsed.Kind);
        Assert.Equal(row.PublicId, parsed.PublicId.ToString());
        Assert.Equal(
            (Ada, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(24), (DateTimeOffset?)null),
            (row.UserId, row.CreatedAt, row.ExpiresAt, row.RevokedAt));
    }

    [Fact]
    public void A_user_token_lives_shorter_when_asked_to()
        => Assert.Equal(
            _clock.GetUtcNow().AddMinutes(5), new TokenIssuer(_clock).IssueForUser(Ada, TimeSpan.FromMinutes(5)).Row.ExpiresAt);

    [Fact]
    public void What_is_stored_is_the_hash_of_the_secret()
    {
        var token = new TokenIssuer(_clock).IssueForServiceAccount();
        Assert.True(AccessToken.TryParse(token.Text, out var parsed));
        var hash = new byte[AccessToken.HashLength];
        AccessToken.HashSecret(parsed.Secret, hash);

        Assert.Equal(AccessTokenKind.ServiceAccount, parsed.Kind);
        Assert.Equal(hash, token.SecretHash);
        Assert.DoesNotContain(parsed.Secret.ToString(), token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_tokens_are_alike()
    {
        var issuer = new TokenIssuer(_clock);

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => issuer.IssueForServiceAccount().Text).Distinct().Count());
    }
}
