using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Api.Hosting.Platform;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.SignIn.Links;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Api.Tests.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>The host's services for users, tokens and roles over a test's database, with a clock that stands still and a log that can be read.</summary>
public sealed class AccessHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AccessHost(PostgresDatabase database, FakeClock clock, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value)))
            .Build();

        var services = new ServiceCollection();
        Audit.AddTo(services);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FirstUserClaim>(provider, TextWriter.Null));
        _services = services
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddControlPlaneData(_ => database.ConnectionString)
            .AddSingleton(ConstraintTable.Errors)
            .AddAccess()
            .AddPlatform()
            .AddMail()
            .AddUsers()
            .AddPasswords()
            .AddLinks()
            .AddAccounts()
            .AddInvitations()
            .AddServiceAccounts()
            .AddRoleBindings()
            .Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>As if the platform had just been set up.</summary>
    public static Task ForgetEverythingAsync(PostgresDatabase database)
        => database.ExecuteAsync(
            $"truncate {HoustonNames.User}, {HoustonNames.ServiceAccount}, {HoustonNames.AuditLog}, {HoustonNames.Cluster} cascade", CancellationToken.None);

    public const string Password = "correct horse battery staple";

    public FakeLoggerProvider Log { get; } = new();

    /// <summary>The lines of the audit trail.</summary>
    public AuditOutput Audit { get; } = new();

    public CreateUser Registrar => Get<CreateUser>();

    public UserSignIn SignIn => Get<UserSignIn>();

    public RoleBinder Binder => Get<RoleBinder>();

    public CreateServiceAccount ServiceAccounts => Get<CreateServiceAccount>();

    public TokenVerifier Verifier => Get<TokenVerifier>();

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    public Task<User> RegisterAsync(string email, string password = Password)
        => Registrar.RegisterAsync(new Signup { Email = email, Password = password }, Caller.Anonymous, TestContext.Current.CancellationToken);

    /// <summary>The caller that this user is after signing in.</summary>
    public async Task<Caller> SignInAsync(User user)
        => await VerifyAsync((await SignIn.BeginAsync(user, null, Caller.Anonymous.During("test"), TestContext.Current.CancellationToken)).Token.Text);

    public ValueTask<Caller> VerifyAsync(string token) => Verifier.VerifyAsync(token, TestContext.Current.CancellationToken);

    /// <summary>This user with these roles; a System Admin where none is named.</summary>
    public static Caller As(User user, params string[] roles) => new()
    {
        Kind = ActorKind.User,
        Id = user.Id,
        Name = user.Username,
        TokenId = "apc_u_00000000",
        Permissions = RoleTable.BuiltIn.Effective((roles is [] ? [RoleNames.SystemAdmin] : roles).Select(r => RoleTable.BuiltIn.Grant(r))),
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Roles by their names, as operations of the API give and take them.</summary>
public static class RoleBinderExtensions
{
    public static Task<RoleBinding> GiveSystemRoleAsync(
        this RoleBinder binder, Guid userId, string role, Caller caller, CancellationToken cancellationToken)
        => binder.GiveAsync(RoleHolder.User(userId), RoleTable.BuiltIn.Grant(role), caller.During("createSystemRoleBinding"), cancellationToken);

    public static Task<RoleBinding> TakeSystemRoleAsync(
        this RoleBinder binder, Guid userId, string role, Caller caller, CancellationToken cancellationToken)
        => binder.TakeAsync(RoleHolder.User(userId), RoleTable.BuiltIn.Grant(role), caller.During("deleteSystemRoleBinding"), cancellationToken);

    public static Task<RoleBinding> GiveClusterRoleAsync(
        this RoleBinder binder, Guid clusterId, RoleHolder holder, string role, Caller caller, CancellationToken cancellationToken)
        => binder.GiveAsync(holder, RoleTable.BuiltIn.Grant(role, clusterId: clusterId), caller.During("createClusterRoleBinding"), cancellationToken);

    public static Task<RoleBinding> TakeClusterRoleAsync(
        this RoleBinder binder, Guid clusterId, RoleHolder holder, string role, Caller caller, CancellationToken cancellationToken)
        => binder.TakeAsync(holder, RoleTable.BuiltIn.Grant(role, clusterId: clusterId), caller.During("deleteClusterRoleBinding"), cancellationToken);
}

/// <summary>Service accounts of the platform, as one operation of the API makes them.</summary>
public static class ServiceAccountIssuerExtensions
{
    public static Task<(ServiceAccount Account, IssuedToken Key)> CreateSystemAsync(
        this CreateServiceAccount createServiceAccount, string label, string? category, Role role, Caller caller, CancellationToken cancellationToken)
        => createServiceAccount.RunAsync(
            new NewServiceAccount { Label = label, Category = category, Entity = ServiceAccountEntity.System, Role = role },
            caller,
            cancellationToken);
}
