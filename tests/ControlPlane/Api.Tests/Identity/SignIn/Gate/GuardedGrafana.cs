using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>A service that tells what it hears, behind an nginx that asks a control plane who may reach it.</summary>
internal sealed class GuardedGrafana : IAsyncDisposable
{
    /// <summary>Where nginx is reached.</summary>
    public const string Url = "http://grafana.example.test";

    /// <summary>Where the control plane is reached.</summary>
    public const string Houston = "http://houston.example.test";

    private readonly WebApplication _service;
    private readonly Nginx _nginx;
    private readonly Uri _controlPlane;

    private GuardedGrafana(WebApplication service, Nginx nginx, Uri controlPlane)
        => (_service, _nginx, _controlPlane) = (service, nginx, controlPlane);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="controlPlane">Where the control plane listens.</param>
    public static async Task<GuardedGrafana> StartAsync(Uri controlPlane)
    {
        var service = await StartServiceAsync();
        return new GuardedGrafana(service, await StartNginxAsync(service, controlPlane), controlPlane);
    }

    /// <summary>Starts another nginx before the same service; the caller disposes it.</summary>
    public Task<Nginx> StartNginxAsync(Uri controlPlane) => StartNginxAsync(_service, controlPlane);

    /// <summary>A browser, or a program, for which the names of the hosts lead to nginx and to the control plane.</summary>
    public HttpClient Visit(bool withCookies = true) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = withCookies,
        ConnectCallback = async (context, cancellationToken) =>
        {
            if (context.DnsEndPoint.Host == "grafana.example.test")
            {
                return await _nginx.ConnectAsync(cancellationToken);
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, _controlPlane.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>As the page with the token does it.</summary>
    public static async Task<string?> BeginSessionAsync(HttpClient http, string token, string? rd)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Houston}/v1/session") { Content = JsonContent.Create(new { rd }) };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Dictionary<string, string?>>(Cancellation))!["rd"];
    }

    /// <summary>What the service heard of a request that nginx let through.</summary>
    public static async Task<(HttpStatusCode Status, Dictionary<string, string> Heard)> AskAsync(
        HttpClient http, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(http, path, headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Url}{path}");

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, Cancellation);
    }

    public static async Task<Dictionary<string, string>> ReadAsync(HttpResponseMessage answer)
        => new(
            JsonSerializer.Deserialize<Dictionary<string, string>>(await answer.Content.ReadAsStringAsync(Cancellation))!,
            StringComparer.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        await _service.DisposeAsync();
    }

    private static Task<Nginx> StartNginxAsync(WebApplication service, Uri controlPlane)
        => Nginx.StartAsync(controlPlane, new Uri(service.Urls.First()), $"{Houston}/token");

    private static async Task<WebApplication> StartServiceAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Map("/{**path}", async (HttpRequest request) =>
        {
            var heard = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            heard["request"] = $"{request.Method} {request.Path}{request.QueryString}";
            heard["body"] = await new StreamReader(request.Body).ReadToEndAsync();
            return Results.Json(heard);
        });
        await app.StartAsync();
        return app;
    }
}
