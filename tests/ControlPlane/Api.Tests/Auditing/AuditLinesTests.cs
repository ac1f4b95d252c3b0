using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Audits;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Auditing;

public sealed partial class AuditLinesTests : IAsyncDisposable
{
    private readonly AuditOutput _output = new();
    private readonly ServiceProvider _services;

    public AuditLinesTests()
    {
        var services = new ServiceCollection();
        _output.AddTo(services);
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    public void A_success_has_the_shape_that_collectors_expect()
        => Assert.Equal(
            Expected(
                """
                {
                  "timestamp": "2026-01-01T12:00:00.000Z",
                  "audit": true,
                  "audit_version": "1.0",
                  "correlationId": "0HN:1",
                  "sessionId": "apc_u_4fGh2kLm",
                  "userId": "018f0000-0000-7000-8000-000000000001",
                  "username": "ada",
                  "userEmail": "ada@example.com",
                  "role": "SYSTEM_ADMIN,WORKSPACE_ADMIN",
                  "clientType": "ui",
                  "origin": { "requestIp": "10.1.2.3", "podName": "<pod>" },
                  "action": "workspace.create",
                  "operation": "createWorkspace",
                  "entity": { "type": "workspace", "id": "018f0000-0000-7000-8000-000000000002", "name": "engines" },
                  "outcome": "SUCCESS",
                  "statusCode": 200,
                  "request": { "graphql": { "operation": "createWorkspace", "variables": { "label": "engines" } } },
                  "response": { "duration": 12.5 },
                  "component": "houston-api",
                  "level": "info",
                  "message": "workspace.create succeeded by ada",
                  "changes": { "before": null, "after": { "label": "engines" } }
                }
                """),
            Write(Row(), TimeSpan.FromMilliseconds(12.5)));

    [Fact]
    public void A_failure_of_a_stranger_says_why_and_nothing_of_what_was_typed()
        => Assert.Equal(
            Expected(
                """
                {
                  "timestamp": "2026-01-01T12:00:00.000Z",
                  "audit": true,
                  "audit_version": "1.0",
                  "correlationId": null,
                  "sessionId": null,
                  "userId": null,
                  "username": null,
                  "userEmail": null,
                  "role": null,
                  "clientType": "api",
                  "origin": { "requestIp": "10.1.2.3", "podName": "<pod>" },
                  "action": "user.signIn",
                  "operation": "createToken",
                  "entity": { "type": "user", "id": null, "name": null },
                  "outcome": "FAILURE",
                  "statusCode": 401,
                  "response": { "duration": 80 },
                  "component": "houston-api",
                  "level": "warn",
                  "message": "user.signIn failed by somebody without a token: The user name or the password is wrong.",
                  "errorMessage": "The user name or the password is wrong."
                }
                """),
            Write(
                new AuditLog
                {
                    Id = Guid.NewGuid(),
                    At = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
                    ActorKind = ActorKind.User,
                    Address = "10.1.2.3",
                    ClientType = "api",
                    Action = "user.signIn",
                    Operation = "createToken",
                    EntityType = "user",
                    Outcome = AuditOutcome.Failure,
                    ErrorCode = "INVALID_CREDENTIALS",
                    ErrorMessage = "The user name or the password is wrong.",
                },
                TimeSpan.FromMilliseconds(80)));

    [Theory]
    [InlineData("UNAUTHENTICATED", 401)]
    [InlineData("FORBIDDEN", 403)]
    [InlineData("NOT_FOUND", 404)]
    [InlineData("SIGN_IN_THROTTLED", 429)]
    [InlineData("CLUSTER_NAME_TAKEN", 400)]
    [InlineData("INTERNAL_SERVER_ERROR", 500)]
    [InlineData("SERVICE_UNAVAILABLE", 503)]
    [InlineData("TIMEOUT", 504)]
    public void A_failure_has_the_status_that_says_the_same(string code, int status)
    {
        Write(Row(AuditOutcome.Failure, code), null);
        using var line = JsonDocument.Parse(_output.Calls.Single());

        Assert.Equal(status, line.RootElement.GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public void Every_code_has_the_status_of_its_kind()
    {
        var documented = DocumentedCode().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(row => row.Groups[1].Value).ToArray();

        Assert.NotEmpty(documented);
        Assert.All(documented, code =>
        {
            var output = _output.Calls.Count;
            _services.GetRequiredService<AuditLines>().Write(Row(AuditOutcome.Failure, code), null);
            using var line = JsonDocument.Parse(_output.Calls.ElementAt(output));
            var status = line.RootElement.GetProperty("statusCode").GetInt32();
            var expected = code switch
            {
                _ when code.EndsWith("NOT_FOUND", StringComparison.Ordinal) => 404,
                _ when code.EndsWith("_THROTTLED", StringComparison.Ordinal) => 429,
                _ when code.EndsWith("_UNAVAILABLE", StringComparison.Ordinal) => 503,
                _ when code.EndsWith("_TAKEN", StringComparison.Ordinal) || code.StartsWith("INVALID_", StringComparison.Ordinal) && code != "INVALID_CREDENTIALS" => status is 400 or 502 ? status : 400,
                _ => status,
            };
            Assert.True(status == expected, $"{code} is {status}.");
        });
    }

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedCode();

    [Fact]
    public void A_line_is_one_call_and_one_line_whatever_was_stored()
    {
        _services.GetRequiredService<AuditLines>().Write(Row(after: "{\n  \"label\": \"two\\nlines \u2028 and more\"\n}"), null);

        var call = Assert.Single(_output.Calls);
        Assert.Equal(call.Length - 1, call.IndexOf('\n', StringComparison.Ordinal));
        Assert.True(call.All(char.IsAscii));
        Assert.Equal("two\nlines \u2028 and more", (string?)JsonNode.Parse(call)!["changes"]!["after"]!["label"]);
    }

    private static AuditLog Row(AuditOutcome outcome = AuditOutcome.Success, string? errorCode = null, string after = """{"label":"engines"}""") => new()
    {
        Id = Guid.NewGuid(),
        At = new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(1)),
        ActorKind = ActorKind.User,
        ActorId = Guid.Parse("018f0000-0000-7000-8000-000000000001"),
        ActorName = "ada",
        ActorEmail = "ada@example.com",
        ActorRoles = ["SYSTEM_ADMIN", "WORKSPACE_ADMIN"],
        TokenId = "apc_u_4fGh2kLm",
        Address = "10.1.2.3",
        ClientType = "ui",
        Action = "workspace.create",
        Operation = "createWorkspace",
        Variables = """{"label":"engines"}"""u8.ToArray(),
        EntityType = "workspace",
        EntityId = "018f0000-0000-7000-8000-000000000002",
        EntityName = "engines",
        After = System.Text.Encoding.UTF8.GetBytes(after),
        Outcome = outcome,
        ErrorCode = errorCode,
        RequestId = "0HN:1",
    };

    private string Write(AuditLog row, TimeSpan? duration)
    {
        _services.GetRequiredService<AuditLines>().Write(row, duration);
        return _output.Calls.Single();
    }

    private static string Expected(string json)
        => JsonNode.Parse(json.Replace("<pod>", Environment.MachineName, StringComparison.Ordinal))!.ToJsonString() + "\n";
}
