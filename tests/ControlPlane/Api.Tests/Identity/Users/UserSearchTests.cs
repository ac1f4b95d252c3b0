using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Users;

/// <summary>What callers of <c>users</c> see. Nothing is changed, so that one host is enough.</summary>
public sealed class UserSearchTests(PostgresServer server) : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private string _ada = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });
        _clock.Advance(TimeSpan.FromMinutes(1));
        _ada = (await _host.AskAsync(
            """mutation { createUser(email: "Ada@example.com", password: "Correct-horse-1", username: "countess", profile: { fullName: "Ada Lovelace" }) { user { id } } }"""))
            .Text("createUser.user.id");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _host.AskAsync(
            """mutation { createUser(email: "grace@example.com", password: "Correct-horse-1", profile: { fullName: "Grace" }) { user { id } } }""");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_text_of_2018_finds_by_email()
        => AnswerAssert.Is(
            $$"""{"data":{"users":[{"uuid":"{{_ada}}","username":"countess","emails":[{"address":"Ada@example.com","user":{"id":"{{_ada}}"} }],"status":"active","roleBindings":[]}]} }""",
            await _host.Admin.AskAsync("""{ users(email: "ADA@EXAMPLE.COM") { uuid username emails { address user { id } } status roleBindings { role } } }"""));

    [Theory]
    [InlineData("""email: "ada@example.com" """, "countess")]
    [InlineData("""username: "COUNTESS" """, "countess")]
    [InlineData("""fullName: "Ada Lovelace" """, "countess")]
    [InlineData("""fullName: "ada lovelace" """, null)]
    [InlineData("""email: "ada@example" """, null)]
    [InlineData("""email: "%" """, null)]
    [InlineData("""email: "ada@example.com", fullName: "Grace" """, null)]
    [InlineData("""userId: "", email: "", fullName: "Grace" """, "grace@example.com")]
    [InlineData("""userId: "nobody" """, null)]
    [InlineData("""createdAt: "2026-01-01T12:01:00.000Z" """, "countess")]
    [InlineData("""createdAt: "2026-01-01T12:01:00.000Z", updatedAt: "2026-01-01T13:01:00+01:00" """, "countess")]
    [InlineData("""createdAt: "yesterday" """, null)]
    [InlineData("""email: "a\u0000b" """, null)]
    public async Task Everything_given_has_to_fit_exactly(string members, string? found)
        => AnswerAssert.Is(
            $$"""{"data":{"users":[{{(found is null ? "" : $$"""{"username":"{{found}}"}""")}}]} }""",
            await _host.Admin.AskAsync($"{{ users(user: {{ {members} }}) {{ username }} }}"));

    [Fact]
    public async Task Ids_are_taken_as_Id_and_as_Uuid_and_both_shapes_go_together()
    {
        var answer = await _host.Admin.SendAsync(
            """
            query($id: Id, $uuid: Uuid, $search: UserSearch, $email: String) {
              a: users(user: { userId: $id }) { username }
              b: users(user: { userUuid: $uuid }) { username }
              c: users(user: $search, email: $email) { username }
              d: users(user: $search, email: "grace@example.com") { username }
            }
            """,
            new { id = _ada, uuid = _ada, search = new { userId = "", username = "countess", email = "", fullName = "" }, email = "ada@example.com" },
            Cancelled);

        AnswerAssert.Is(
            """{"data":{"a":[{"username":"countess"}],"b":[{"username":"countess"}],"c":[{"username":"countess"}],"d":[]} }""", answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("(email: \"\")")]
    [InlineData("(user: {})")]
    [InlineData("(user: { email: \" \", userId: \"\" })")]
    public async Task Somebody_has_to_be_looked_for(string arguments)
        => AnswerAssert.Refuses(
            "users",
            "Say whom you look for: email, or a member of user such as email, username, fullName or userId.",
            "USER_SEARCH_EMPTY",
            await _host.Admin.AskAsync($"{{ users{arguments} {{ id }} }}"));

    [Fact]
    public async Task At_most_a_hundred_are_shown_the_oldest_first()
    {
        await _host.Database.ExecuteAsync(
            """
            insert into houston$default."User" (id, username, "fullName", status, "createdAt", "updatedAt")
            select gen_random_uuid(), 'u' || n, 'Many', 'ACTIVE', timestamptz '2026-02-01' + n * interval '1 minute', now() from generate_series(1, 101) n
            """,
            Cancelled);

        var users = (await _host.Admin.AskAsync("""{ users(user: { fullName: "Many" }) { username } }""")).Data("users").EnumerateArray().ToList();

        Assert.Equal(Enumerable.Range(1, 100).Select(n => $"u{n}"), users.Select(u => u.GetProperty("username").GetString()));
    }
}
