using System.Net;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Groups;

/// <summary>The recipe of 2018 by which a user is let into Grafana: its three operations as people copy them, ids included. The first lacks a brace there.</summary>
public sealed class SeedDocumentTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly Guid Viraj = new("ae7f5c3e-2ffa-487f-ba8f-6c6e0cbe5940");

    private Installation _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"""truncate {HoustonNames.User} cascade""", CancellationToken.None);
        _host = await Installation.StartAsync(database, new() { Settings = HostSetup.OpenSignUps });
        var now = FakeClock.Noon;
        await using var db = database.CreateContext();
        db.AddRange(
            new User { Id = Viraj, Username = "viraj", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now },
            new Email { Id = Guid.CreateVersion7(now), Address = "viraj@astronomer.io", UserId = Viraj, CreatedAt = now, UpdatedAt = now });
        await db.SaveChangesAsync(Cancelled);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Get_the_id_of_the_user()
        => await AnswersAsync(
            """{"data":{"users":[{"uuid":"ae7f5c3e-2ffa-487f-ba8f-6c6e0cbe5940"}]}}""",
            """
            # Returns user UUID

            query GetUser {
              users(email: "viraj@astronomer.io") {
                uuid
              }
            }
            """);

    [Fact]
    public async Task Get_the_id_of_the_group_of_admins()
        => await AnswersAsync(
            """{"data":{"groups":[{"uuid":"c975c787-6d47-4db2-b2e8-b5c4e030fea6","label":"default-admin"},{"uuid":"7f0d3a52-41c6-4e0b-8f5d-2a6b9c1e7d34","label":"default-editor"},{"uuid":"1b8e64d9-93af-4c72-a05e-d47c8f2b6e10","label":"default-viewer"}]}}""",
            """
            # Returns default-admin UUID

            query GetAdminGroup {
              groups(entityType: "system") {
                uuid
                label
              }
            }
            """);

    [Fact]
    public async Task Add_the_user_to_the_group()
    {
        const string AddAdmin =
            """
            # Gives user Grafana access
            mutation AddAdmin {
              groupAddUser(
                groupUuid: "c975c787-6d47-4db2-b2e8-b5c4e030fea6"
                userUuid: "ae7f5c3e-2ffa-487f-ba8f-6c6e0cbe5940"
              ) {
                label
                users {
                  emails {
                    address
                  }
                }
              }
            }
            """;
        const string Added =
            """{"data":{"groupAddUser":{"label":"default-admin","users":[{"emails":[{"address":"viraj@astronomer.io"}]},{"emails":[{"address":"admin@example.com"}]}]}}}""";

        await AnswersAsync(Added, AddAdmin);
        await AnswersAsync(Added, AddAdmin);
        Assert.Equal(
            ["SYSTEM_ADMIN"],
            await database.QueryAsync<string>($"""select role from {HoustonNames.RoleBinding} where "userId" = '{Viraj}'""", Cancelled));
    }

    [Fact]
    public async Task From_sign_up_to_Grafana()
    {
        using var anonymous = _host.Host.Anonymous;
        var signedUp = await anonymous.SendAsync(
            """mutation { createUser(email: "grace@astronomer.io", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Cancelled);
        var token = signedUp.Text("createUser.token.value");
        Assert.Equal((HttpStatusCode.Unauthorized, ""), await EnterAsync(null));
        Assert.Equal((HttpStatusCode.Forbidden, ""), await EnterAsync(token));

        var user = (await _host.Admin.SendAsync("""query GetUser { users(email: "grace@astronomer.io") { uuid } }""", cancellationToken: Cancelled)).Data("users")[0]
            .GetProperty("uuid").GetString();
        var added = await _host.Admin.SendAsync(
            $$"""mutation AddAdmin { groupAddUser(groupUuid: "c975c787-6d47-4db2-b2e8-b5c4e030fea6" userUuid: "{{user}}") { label } }""", cancellationToken: Cancelled);

        Assert.Equal("""{"data":{"groupAddUser":{"label":"default-admin"}}}""", added.Body);
        Assert.Equal((HttpStatusCode.OK, $"Bearer {token} grace@astronomer.io grace@astronomer.io"), await EnterAsync(token));
    }

    /// <summary>What the gate before Grafana says, and its three headers.</summary>
    private async Task<(HttpStatusCode Status, string Headers)> EnterAsync(string? token)
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/authorization");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request, Cancelled);
        string[] names = ["authorization", "username", "email"];
        return (response.StatusCode, string.Join(' ', names.SelectMany(n => response.Headers.TryGetValues(n, out var values) ? values : [])));
    }

    private async Task AnswersAsync(string expected, string document)
        => Assert.Equal(expected, (await _host.Admin.SendAsync(document, cancellationToken: Cancelled)).Body);
}
