using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>What came back over HTTP: the status and the whole body.</summary>
internal sealed record WireAnswer(int Status, string Body);

/// <summary>Requests over HTTP, written down to the last header.</summary>
internal sealed class Wire(Uri endpoint, string? token = null) : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new();

    /// <summary>The answer to a request that is refused.</summary>
    public static WireAnswer Refused(int status, string code, params string[] messages) => new(
        status,
        $"{{\"errors\":[{string.Join(',', messages.Select(m => $"{{\"message\":{JsonSerializer.Serialize(m, Plain)},\"extensions\":{{\"code\":\"{code}\"}}}}"))}]}}");

    /// <summary>Sends a document as clients do.</summary>
    public Task<WireAnswer> AskAsync(string document, object? variables = null, params (string Name, string Value)[] headers)
        => PostAsync(JsonSerializer.Serialize(new { query = document, variables }, Plain), headers: headers);

    /// <summary>Sends a body.</summary>
    /// <param name="body">Its text.</param>
    /// <param name="contentType">None where it is empty.</param>
    /// <param name="isChunked">True to leave out the length.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<WireAnswer> PostAsync(
        string body, string contentType = "application/json", bool isChunked = false, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        request.Content.Headers.ContentType = contentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(contentType);
        return (await SendAsync(request, headers)).Answer;
    }

    /// <summary>Sends query parameters by GET.</summary>
    /// <returns>The answer, and what <c>Allow</c> says.</returns>
    public Task<(WireAnswer Answer, string Allow)> GetAsync(string parameters)
        => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri($"{endpoint}?{parameters}")), []);

    public void Dispose() => _http.Dispose();

    private async Task<(WireAnswer Answer, string Allow)> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            new WireAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)),
            string.Join(", ", response.Content.Headers.Allow));
    }
}
