using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

[Trait("Spec", "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3")]
public class CompressionTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    // What stands around the value of the field.
    private static readonly int Around = """{"data":{"large":""}}""".Length;

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("deflate", "deflate")]
    [InlineData("GZIP", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("gzip;q=0.5, *;q=0.1", "gzip")]
    [InlineData("zstd, gzip", "gzip")]
    [InlineData("gzip, identity", "gzip")]
    [InlineData("gzip;q=0.5, identity", null)]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("rubbish;;", null)]
    [InlineData(null, null)]
    public async Task Is_what_the_client_likes_best(string? accepted, string? coding)
    {
        using var response = await PostAsync(5_000, accepted);
        Assert.Equal(coding is null ? [] : [coding], response.Content.Headers.ContentEncoding);
        Assert.Equal($$$"""{"data":{"large":"{{{new string('x', 5_000)}}}"}}""", await TextOfAsync(response));
    }

    [Theory]
    [InlineData(1_023, false)]
    [InlineData(1_024, true)]
    public async Task Begins_at_a_size(int bytes, bool isCompressed)
    {
        using var response = await PostAsync(bytes - Around, "gzip");
        Assert.Equal(isCompressed, response.Content.Headers.ContentEncoding.Count == 1);
    }

    [Fact]
    public async Task Is_told_to_caches_of_what_can_be_cached()
    {
        using var response = await server.Http.GetAsync("/v1?query=%7Bhello%7D", TestContext.Current.CancellationToken);
        Assert.Equal("Accept, Accept-Encoding, Authorization", string.Join(", ", response.Headers.Vary));
    }

    private async Task<HttpResponseMessage> PostAsync(int length, string? accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent($$"""{"query":"{ large(length: {{length}}) }"}""", new MediaTypeHeaderValue("application/json")),
        };

        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TextOfAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
