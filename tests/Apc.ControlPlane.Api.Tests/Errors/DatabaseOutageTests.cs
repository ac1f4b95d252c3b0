using System.Text;
using Apc.ControlPlane.Api.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Errors;

public sealed class DatabaseOutageTests
{
    private static readonly PostgresException StartingUp = new("the database system is starting up", "FATAL", "FATAL", PostgresErrorCodes.CannotConnectNow);
    private static readonly PostgresException NoSuchTable = new("relation does not exist", "ERROR", "ERROR", PostgresErrorCodes.UndefinedTable);

    public static TheoryData<Exception, bool> Failures() => new()
    {
        { new NpgsqlException("Failed to connect", new IOException("refused")), true },
        { new NpgsqlException("Exception while reading from stream", new TimeoutException()), true },
        { StartingUp, true },
        { NoSuchTable, false },
        { new InvalidOperationException("a bug"), false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Answers_503_for_an_absent_database_and_lets_every_other_failure_pass(Exception failure, bool isOutage)
    {
        var http = Http();
        var answering = RunAsync(http, failure);

        if (!isOutage)
        {
            Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => answering));
            return;
        }

        await answering;
        Assert.Equal(
            (503, "application/json; charset=utf-8", "1", """{"errors":[{"message":"The database does not answer. Try again in a moment.","extensions":{"code":"SERVICE_UNAVAILABLE"}}]}"""),
            (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.RetryAfter.ToString(), Text(http)));
    }

    [Fact]
    public async Task Leaves_answers_alone()
    {
        var http = Http();

        await RunAsync(http, failure: null);

        Assert.Equal((200, "answered"), (http.Response.StatusCode, Text(http)));
    }

    private static DefaultHttpContext Http() => new() { Response = { Body = new MemoryStream() } };

    private static string Text(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());

    private static Task RunAsync(HttpContext http, Exception? failure)
    {
        var app = new ApplicationBuilder(new ServiceCollection().AddLogging().BuildServiceProvider());
        app.UseDatabaseOutageAnswer();
        app.Run(async answered =>
        {
            await Task.Yield();

            if (failure is not null)
            {
                throw failure;
            }

            await answered.Response.WriteAsync("answered");
        });
        return app.Build()(http);
    }
}
