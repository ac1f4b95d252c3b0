using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class MetadataUrlTests
{
    [Theory]
    [InlineData("https://dp1.example.com", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData("  https://dp1.example.com///  ", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData("https://dp1.example.com:8443/a/b/", "https://dp1.example.com:8443/a/b", "https://dp1.example.com:8443/a/b/metadata")]
    [InlineData("HTTPS://DP1.example.com", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData("https://dp1.example.com:443/A", "https://dp1.example.com/A", "https://dp1.example.com/A/metadata")]
    [InlineData("https://dp1.example.com/metadata", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData(" https://dp1.example.com/metadata/ ", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData("https://dp1.example.com/metadata?pretty=1", "https://dp1.example.com", "https://dp1.example.com/metadata")]
    [InlineData("https://dp1.example.com/a/metadata/?x#y", "https://dp1.example.com/a", "https://dp1.example.com/a/metadata")]
    [InlineData("https://dp1.example.com/metadata/metadata", "https://dp1.example.com/metadata", "https://dp1.example.com/metadata/metadata")]
    [InlineData("https://dp1.example.com/metadata2", "https://dp1.example.com/metadata2", "https://dp1.example.com/metadata2/metadata")]
    [InlineData("https://[::ffff:10.0.0.1]/", "https://[::ffff:10.0.0.1]", "https://[::ffff:10.0.0.1]/metadata")]
    [InlineData("https://BÜCHER.example", "https://xn--bcher-kva.example", "https://xn--bcher-kva.example/metadata")]
    [InlineData("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/metadata")]
    public void Removes_what_stands_at_the_ends(string text, string stored, string fetched)
    {
        Assert.True(MetadataUrl.TryParse(text, allowHttp: false, out var url, out var error), error);
        Assert.Equal((stored, fetched), (url.Text, url.Metadata.AbsoluteUri));
    }

    [Theory]
    [InlineData("", "The metadata URL is empty.")]
    [InlineData(" / ", "The metadata URL is empty.")]
    [InlineData("dp1.example.com", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("/metadata", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://dp1.exam ple.com", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://dp1.example.com/\na", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://dp1.example.com:99999", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("ftp://dp1.example.com", "The metadata URL must begin with https://.")]
    [InlineData("file://dp1/etc/passwd", "The metadata URL must begin with https://.")]
    [InlineData("http://dp1.example.com", "The metadata URL must begin with https://; http needs the setting DataPlanes:AllowHttp.")]
    [InlineData("https://me:pw@dp1.example.com", "The metadata URL must not contain a user name or password.")]
    [InlineData("https://me@dp1.example.com", "The metadata URL must not contain a user name or password.")]
    [InlineData("https://dp1.example.com?x=1", "The metadata URL must not contain a query or a fragment.")]
    [InlineData("https://dp1.example.com/a?", "The metadata URL must not contain a query or a fragment.")]
    [InlineData("https://dp1.example.com/#a", "The metadata URL must not contain a query or a fragment.")]
    [InlineData("https://dp1.example.com/a#", "The metadata URL must not contain a query or a fragment.")]
    public void Says_what_is_wrong(string text, string expected)
    {
        Assert.False(MetadataUrl.TryParse(text, allowHttp: false, out var url, out var error));
        Assert.Null(url);
        Assert.Equal(expected, error);
    }

    /// <summary>What is stored means the same for ever.</summary>
    [Theory]
    [InlineData("https://dp1.example.com")]
    [InlineData("https://dp1.example.com/metadata")]
    [InlineData("http://127.0.0.1:8880/dp/7")]
    [InlineData("HTTPS://DP1.example.com")]
    public void Reads_a_stored_address_as_it_is(string text)
    {
        Assert.True(MetadataUrl.TryRead(text, out var url, out var error), error);
        Assert.Equal((text, new Uri(text + "/metadata")), (url.Text, url.Metadata));
    }

    [Fact]
    public void Http_will_do_where_it_is_allowed()
    {
        Assert.True(MetadataUrl.TryParse("http://127.0.0.1:8880/dp/7/", allowHttp: true, out var url, out _));
        Assert.Equal("http://127.0.0.1:8880/dp/7", url.Text);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void Ends_at_2048_characters(int length, bool accepted)
    {
        var text = "https://dp1.example.com/" + new string('a', length - 24);

        Assert.Equal(accepted, MetadataUrl.TryParse(text, allowHttp: false, out _, out var error));
        Assert.Equal(accepted ? null : "The metadata URL is longer than 2048 characters.", error);
    }
}
