using Apc.ControlPlane.Api.Access.Tokens;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public class TokenFingerprintTests
{
    private readonly string _token = new TokenIssuer(new FakeClock()).IssueForServiceAccount().Text;

    [Fact]
    public void Recognizes_the_same_text() => Assert.True(new TokenFingerprint(_token).Matches(new string(_token)));

    [Fact]
    public void Recognizes_no_text_that_differs_in_one_character()
    {
        var fingerprint = new TokenFingerprint(_token);

        for (var i = 0; i < _token.Length; i++)
        {
            for (var c = '\0'; c < 128; c++)
            {
                var other = _token.ToCharArray();
                other[i] = c;
                Assert.Equal(c == _token[i], fingerprint.Matches(other));
            }
        }
    }

    [Fact]
    public void Recognizes_no_text_whose_characters_were_exchanged()
    {
        var fingerprint = new TokenFingerprint(_token);

        for (var i = 1; i < _token.Length; i++)
        {
            var other = _token.ToCharArray();
            (other[i - 1], other[i]) = (other[i], other[i - 1]);
            Assert.Equal(_token[i - 1] == _token[i], fingerprint.Matches(other));
        }
    }

    [Fact]
    public void Recognizes_nothing_of_another_length_or_alphabet()
    {
        var fingerprint = new TokenFingerprint(_token);
        string[] others =
        [
            "",
            _token + "x",
            _token[..^1],
            _token[..20] + '\u0100' + _token[21..],
            new string('\0', _token.Length),
            new string('é', _token.Length),
        ];

        Assert.All(others, other => Assert.False(fingerprint.Matches(other)));
    }
}
