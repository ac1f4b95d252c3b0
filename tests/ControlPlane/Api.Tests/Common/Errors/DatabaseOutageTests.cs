using System.Text;
using Apc.ControlPlane.Api.Common.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Common.Errors;

public sealed class DatabaseOutageTests
{
    private const string Outage = "SERVICE_UNAVAILABLE";
    private const string TimeOut = "TIMEOUT";

    public static TheoryData<Exception, string?> Failures() => new()
    {
        { new NpgsqlException("Failed to connect", new IOException("refused")), Outage },
        { new NpgsqlException("Exception while reading from stream", new TimeoutException()), Outage },
        { new DbUpdateException("not saved", new NpgsqlException("broken")), Outage },
        { new DbUpdateException("not saved", Says("57P01")), Outage },
        { new InvalidOperationException("likely due to a transient failure", new DbUpdateException("not saved", Says("40001"))), Outage },
        { new AggregateException(new InvalidOperationException("first"), new NpgsqlException("broken")), Outage },
        { new AggregateException(new AggregateException(Says("53300"))), Outage },
        { new OperationCanceledException("cancelled", Says("57014")), TimeOut },
        { new TimeoutException("given up"), TimeOut },
        { new TaskCanceledException("the provider", new TimeoutException()), null },
        { new DbUpdateException("refused", Says("23505")), null },
        { new InvalidOperationException("a bug"), null },
        { new IOException("a file"), null },
        { new ObjectDisposedException("a bug"), null },
    };

    public static TheoryData<string, string?> States()
    {
        var states = new TheoryData<string, string?>();
        AddAll(states, TimeOut, "57014", "55P03", "25P04");
        AddAll(states, Outage, "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "53000", "53100", "53200", "53300", "53400");
        AddAll(states, Outage, "57000", "57P01", "57P02", "57P03", "57P04", "57P05", "58000", "58030", "XX000", "XX001");
        AddAll(states, Outage, "40001", "40003", "40P01", "25006", "25P02", "25P03", "28000", "28P01", "3D000", "26000", "42P05");
        AddAll(states, null, "23503", "23505", "23514", "22021", "22P05", "42P01", "42501", "0A000", "21000");
        return states;
    }

    [Theory]
    [MemberData(nameof(States))]
    public void What_the_server_says_is_told_by_its_state_whatever_is_around_it(string state, string? code)
    {
        Assert.Equal(code, DatabaseOutage.Explain(Says(state))?.Code);
        Assert.Equal(code, DatabaseOutage.Explain(new DbUpdateException("not saved", Says(state)))?.Code);
        Assert.Equal(code, DatabaseOutage.Explain(new AggregateException(new InvalidOperationException("transient", Says(state))))?.Code);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Answers_503_for_an_absent_database_and_lets_every_other_failure_pass(Exception failure, string? code)
    {
        var http = Http();
        var answering = RunAsync(http, failure);

        if (code is null)
        {
            Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => answering));
            return;
        }

        await answering;
        var message = code == Outage ? "The database does not answer. Try again in a moment." : "The database took too long. Ask for less, or try again.";
        Assert.Equal(
            (503, "application/json; charset=utf-8", "1", $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}"}}]}"""),
            (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.RetryAfter.ToString(), Text(http)));
    }

    [Fact]
    public async Task Leaves_answers_alone()
    {
        var http = Http();

        await RunAsync(http, failure: null);

        Assert.Equal((200, "answered"), (http.Response.StatusCode, Text(http)));
    }

    private static PostgresException Says(string state) => new("no", "ERROR", "ERROR", state);

    private static void AddAll(TheoryData<string, string?> states, string? code, params string[] all)
    {
        foreach (var state in all)
        {
            states.Add(state, code);
        }
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
