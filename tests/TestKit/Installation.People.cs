using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;

namespace Apc.TestKit;

/// <summary>A user who is signed in, or a service account.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The primary address, which is verified; empty for a service account.</param>
/// <param name="Client">The endpoint, asked with their token.</param>
public sealed record Person(Guid Id, string Email, GraphQLClient Client)
{
    public Task<GraphQLAnswer> AskAsync(string query, object? variables = null) => Client.AskAsync(query, variables);
}

/// <summary>People, teams and service accounts, and who holds which role.</summary>
public partial class Installation
{
    /// <summary>A password that the rules accept.</summary>
    public const string Password = "Correct-horse-1";

    private static readonly RoleGrant SystemAdmin = RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin);

    /// <inheritdoc cref="PostgresDatabase.Name"/>
    public string Name(string what) => Database.Name(what);

    /// <summary>A new user without an address who holds these roles.</summary>
    public Task<GraphQLClient> SignInAsync(params RoleGrant[] grants) => SignInAsync(Name("user"), grants);

    /// <inheritdoc cref="SignInAsync(RoleGrant[])"/>
    public async Task<GraphQLClient> SignInAsync(string username, params RoleGrant[] grants)
        => Keep(Anonymous.As(await TokenAsync(username, grants)));

    /// <summary>The token of a new user without an address who holds these roles.</summary>
    public async Task<string> TokenAsync(string username, params RoleGrant[] grants)
        => await BeginSessionAsync(await AddUserAsync(username, address: null, grants));

    /// <summary>A new person who holds these roles in this workspace.</summary>
    public Task<Person> AddPersonAsync(Guid workspaceId, params string[] roles)
        => AddPersonAsync([.. roles.Select(role => RoleTable.BuiltIn.Grant(role, workspaceId: workspaceId))]);

    /// <summary>A new person who holds these roles.</summary>
    public Task<Person> AddPersonAsync(params RoleGrant[] grants) => AddPersonAsync("person", grants);

    /// <summary>A new person whose name begins with this, with the address <c>name@example.com</c>, who holds these roles.</summary>
    public async Task<Person> AddPersonAsync(string name, params RoleGrant[] grants)
    {
        var username = Name(name);
        var user = await AddUserAsync(username, $"{username}@example.com", grants);
        return new Person(user.Id, $"{username}@example.com", Keep(Anonymous.As(await BeginSessionAsync(user))));
    }

    /// <summary>A team of these people that holds these roles.</summary>
    public async Task<Guid> AddTeamAsync(Person[] people, params RoleGrant[] grants)
    {
        var team = new Team
        {
            Id = Guid.CreateVersion7(FakeClock.Noon),
            Name = Name("team"),
            Provider = Team.LocalProvider,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        await AddAsync(
        [
            team,
            .. people.Select(person => new TeamUser { TeamId = team.Id, UserId = person.Id, CreatedAt = FakeClock.Noon }),
            .. grants.Select(grant => Bind(grant, teamId: team.Id)),
        ]);
        return team.Id;
    }

    /// <summary>A service account of the platform with this role.</summary>
    public async Task<Person> AddRobotAsync(string role)
    {
        var made = await Admin.AskAsync(
            "mutation($label: String!, $role: Role!) { createSystemServiceAccount(label: $label, role: $role) { id apiKey } }",
            new { label = Name("robot"), role });
        return new Person(
            Guid.Parse(made.Text("createSystemServiceAccount.id")), "", Keep(Anonymous.As(made.Text("createSystemServiceAccount.apiKey"))));
    }

    /// <summary>Stores rows. The host hears of changed roles through the database a moment later; here it knows at once.</summary>
    public async Task AddAsync(IEnumerable<object> entities)
    {
        await using var db = Database.CreateContext();
        db.AddRange(entities);
        await db.SaveChangesAsync(Cancellation);
        Get<TokenVerifier>().ForgetAll();
    }

    /// <summary>Changes roles, teams or users by hand; the host knows at once.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await Database.ExecuteAsync(sql, cancellationToken);
        Get<TokenVerifier>().ForgetAll();
    }

    /// <summary>Asks without a token.</summary>
    public Task<GraphQLAnswer> AskAsync(string query) => Anonymous.AskAsync(query);

    /// <summary>Asks with this token.</summary>
    public async Task<GraphQLAnswer> AskAsync(string? token, string query)
    {
        using var client = Anonymous.As(token);
        return await client.AskAsync(query);
    }

    /// <summary>Makes a user as the sign-up page does.</summary>
    public Task<GraphQLAnswer> SignUpAsync(string email, string? inviteToken = null, string password = Password)
        => Anonymous.AskAsync(
            """
            mutation($email: String!, $password: String!, $inviteToken: String) {
              createUser(email: $email, password: $password, inviteToken: $inviteToken) {
                user { id username status emails { verified } roleBindings { role } } token { value }
              }
            }
            """,
            new { email, password, inviteToken });

    /// <summary>Signs in by user name or address.</summary>
    public Task<GraphQLAnswer> CreateTokenAsync(string identity, string password = Password)
        => Anonymous.AskAsync(
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password });

    /// <summary>The token that a sign-in gives.</summary>
    public async Task<string> TokenOfAsync(string identity, string password = Password)
        => (await CreateTokenAsync(identity, password)).Text("createToken.token.value");

    private async Task<User> AddUserAsync(string username, string? address, RoleGrant[] grants)
    {
        var id = Guid.CreateVersion7(FakeClock.Noon);
        var user = new User
        {
            Id = id,
            Username = username,
            Status = UserStatus.Active,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        var email = address is null ? null : new Email
        {
            Id = id,
            Address = address,
            Primary = true,
            Verified = true,
            UserId = id,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        await AddAsync([user, .. email is null ? Array.Empty<object>() : [email], .. grants.Select(grant => Bind(grant, userId: id))]);
        return user;
    }

    private async Task<string> BeginSessionAsync(User user)
        => (await Get<UserSignIn>().BeginAsync(user, null, Caller.Anonymous.During("test"), Cancellation)).Token.Text;

    private static RoleBinding Bind(RoleGrant grant, Guid? userId = null, Guid? teamId = null) => new()
    {
        Id = Guid.CreateVersion7(FakeClock.Noon),
        Role = grant.Role.Name,
        UserId = userId,
        TeamId = teamId,
        WorkspaceId = grant.WorkspaceId,
        DeploymentId = grant.DeploymentId,
        ClusterId = grant.ClusterId,
        CreatedAt = FakeClock.Noon,
    };
}
