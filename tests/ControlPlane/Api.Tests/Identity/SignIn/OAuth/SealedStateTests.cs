using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.TestKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>The state that a browser carries to a provider and back.</summary>
public sealed class SealedStateTests
{
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public void Is_read_with_the_same_keys_for_as_long_as_a_journey_may_take()
    {
        var sealedText = State().Protect(new SignInJourney("https://grafana.example.com/?a=ü", 60000).ToProperties());
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(new SignInJourney("https://grafana.example.com/?a=ü", 60000), SignInJourney.Of(State().Unprotect(sealedText)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(State().Unprotect(sealedText));
    }

    [Fact]
    public void Is_never_the_same_twice_and_shows_nothing()
    {
        var properties = new AuthenticationProperties(new Dictionary<string, string?> { ["code_verifier"] = "verifier" });
        var (one, two) = (State().Protect(properties), State().Protect(properties));
        Assert.NotEqual(one, two);
        Assert.DoesNotContain("verifier", System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(one)), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_refused_with_other_keys_for_another_provider_and_when_any_bit_of_it_was_changed()
    {
        var sealedText = State().Protect(new AuthenticationProperties());
        Assert.Null(State(keys: new EphemeralDataProtectionProvider()).Unprotect(sealedText));
        Assert.Null(State(provider: "other").Unprotect(sealedText));

        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(sealedText);

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(State().Unprotect(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
            bytes[i] ^= 1;
        }

        Assert.NotNull(State().Unprotect(System.Buffers.Text.Base64Url.EncodeToString(bytes)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("not base64url!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_refused(string? text) => Assert.Null(State().Unprotect(text));

    private SealedState State(string provider = "acme", IDataProtectionProvider? keys = null) => new(keys ?? _keys, provider, TimeSpan.FromMinutes(15), _clock);
}
