using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class AccessTokenTests
{
    private const string PublicId = "Aa0Zz9Mm";
    private const string Secret = "abcdefghijklmnopqrstuvwxyzABCDEFGHI";
    private static readonly string Valid = AccessToken.Compose(AccessTokenKind.User, PublicId, Secret);

    [Theory]
    [InlineData(AccessTokenKind.User, "apc_u_Aa0Zz9MmabcdefghijklmnopqrstuvwxyzABCDEFGHI")]
    [InlineData(AccessTokenKind.ServiceAccount, "apc_s_Aa0Zz9MmabcdefghijklmnopqrstuvwxyzABCDEFGHI")]
    public void A_token_is_prefix_public_id_secret_and_checksum(AccessTokenKind kind, string body)
    {
        var text = AccessToken.Compose(kind, PublicId, Secret);

        Assert.StartsWith(body, text, StringComparison.Ordinal);
        Assert.Equal((body.Length + 6, AccessToken.Length), (text.Length, text.Length));
        Assert.True(AccessToken.TryParse(text, out var token));
        Assert.Equal((kind, PublicId, Secret), (token.Kind, token.PublicId.ToString(), token.Secret.ToString()));
        Assert.Equal(AccessToken.Mask(kind, PublicId), token.Masked.ToString());
    }

    // The value was computed with zlib's crc32 over the first 49 characters.
    [Fact]
    public void The_checksum_is_the_CRC_32_of_zip_in_base_62() => Assert.Equal("0aDt7b", Valid[^6..]);

    [Fact]
    public void Every_single_typing_error_is_noticed()
    {
        for (var i = 0; i < Valid.Length; i++)
        {
            var typo = Valid.ToCharArray();
            typo[i] = typo[i] == 'x' ? 'y' : 'x';

            Assert.False(AccessToken.TryParse(typo, out _), $"character {i}");
        }
    }

    public static TheoryData<string> Nonsense() =>
    [
        "",
        "apc_u_",
        Valid + "0",
        Valid[..^1],
        " " + Valid,
        Valid.ToUpperInvariant(),
        "apc_x_" + Valid[6..],
        Valid.Replace('a', 'é'),
        Valid.Replace('a', '-'),
        new string('0', AccessToken.Length),
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Anything_else_is_no_token(string text) => Assert.False(AccessToken.TryParse(text, out _));

    [Fact]
    public void Taking_a_token_apart_does_not_allocate()
    {
        var parsed = AccessToken.TryParse(Valid, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            parsed &= AccessToken.TryParse(Valid, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(parsed);
    }

    [Theory]
    [InlineData("short", Secret)]
    [InlineData(PublicId, "short")]
    [InlineData("Aa0Zz9M-", Secret)]
    [InlineData(PublicId, "abcdefghijklmnopqrstuvwxyzABCDEFGH ")]
    public void Parts_of_another_shape_are_refused(string publicId, string secret)
        => Assert.Throws<ArgumentException>(() => AccessToken.Compose(AccessTokenKind.User, publicId, secret));

    [Fact]
    public void A_secret_is_stored_as_its_SHA_256()
    {
        var hash = new byte[AccessToken.HashLength];
        AccessToken.HashSecret(Secret, hash);

        Assert.Equal("0e52673e4e1283ba5c620e3ec5438abe5771e98eb9f03cd346e71bb321b79c04", Convert.ToHexStringLower(hash));
    }

    [Theory]
    [InlineData(AccessTokenKind.User, "apc_u_Aa0Zz9Mm")]
    [InlineData(AccessTokenKind.ServiceAccount, "apc_s_Aa0Zz9Mm")]
    public void Later_only_prefix_and_public_id_are_shown(AccessTokenKind kind, string shown)
        => Assert.Equal(shown, AccessToken.Mask(kind, PublicId));
}
