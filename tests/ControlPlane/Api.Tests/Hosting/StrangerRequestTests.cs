using System.Net;
using System.Net.Sockets;
using System.Text;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>Attacks by requests that never end or are none: they hold nothing for long, and leave nothing to read in the log.</summary>
public sealed class StrangerRequestTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeLoggerProvider _log = new();
    private ApiHost _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => _host = await ApiHost.StartAsync(
            database,
            new HostSetup
            {
                Configure = services => services.AddLogging(logging => logging.AddProvider(_log)
                    .AddFilter<FakeLoggerProvider>(null, LogLevel.Warning)
                    // It warns of hosts of other tests that shared the database.
                    .AddFilter<FakeLoggerProvider>("Quartz", LogLevel.None)),
                Settings = ["Security:BodyTimeout=00:00:00.3", "Security:HeadersTimeout=00:00:01"],
            });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A byte now and then keeps within every rate; the whole body has its time.</summary>
    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/v1/oauth/token")]
    public async Task A_body_that_dribbles_is_given_up(string path)
    {
        using var client = await OpenAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{");
        var dribble = DribbleAsync(client.GetStream());
        var answer = await ReadToEndAsync(client.GetStream());

        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"errors":[{"message":"The body did not arrive within 0.3 seconds (Security:BodyTimeout).","extensions":{"code":"REQUEST_TIMEOUT"}}]}""",
            answer, StringComparison.Ordinal);
        client.Close();
        await dribble;
    }

    [Fact]
    public async Task Headers_that_dribble_are_given_up()
    {
        using var client = await OpenAsync("GET /v1/healthz HTTP/1.1\r\nHost: x\r\nX-A: ");
        var dribble = DribbleAsync(client.GetStream());

        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", await ReadToEndAsync(client.GetStream()), StringComparison.Ordinal);
        client.Close();
        await dribble;
    }

    /// <summary>What the log is told by its own level: no stack, and nothing that a caller wrote.</summary>
    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /v1 HTTP/9.9\r\n\r\n")]
    [InlineData("GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")]
    [InlineData("POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n{\"\n\"")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002")]
    public async Task What_is_no_request_leaves_no_stack_in_the_log(string text)
    {
        for (var i = 0; i < 5; i++)
        {
            // Gone without a word, in the middle of it.
            using var gone = await OpenAsync(text);
            gone.LingerState = new LingerOption(true, 0);
            gone.Close();

            // Gone after the half of it.
            using var left = await OpenAsync(text);
            var stream = left.GetStream();
            left.Client.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(stream);
        }

        using var anonymous = _host.Anonymous;
        await anonymous.SendAsync("{ __typename }", cancellationToken: Cancelled);
        Assert.Equal([], _log.Lines);
    }

    private async Task<TcpClient> OpenAsync(string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _host.Address.Port, Cancelled);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancelled);
        return client;
    }

    /// <summary>Sends a byte whenever the server might have read the last one, until it hangs up.</summary>
    private static async Task DribbleAsync(NetworkStream stream)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));

        try
        {
            while (await pace.WaitForNextTickAsync(Cancelled))
            {
                await stream.WriteAsync(" "u8.ToArray(), Cancelled);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has hung up.
        }
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var answer = new MemoryStream();

        try
        {
            await stream.CopyToAsync(answer, Cancelled);
        }
        catch (IOException)
        {
            // Bytes that nobody read turn the end into a reset.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
