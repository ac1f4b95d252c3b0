using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.CustomRoles;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Common.Time;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Subscriptions;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Hosting.Health;
using Apc.ControlPlane.Api.Hosting.Platform;
using Apc.ControlPlane.Api.Hosting.Proxies;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Groups;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Apc.ControlPlane.Api.Identity.SignIn.Links;
using Apc.ControlPlane.Api.Identity.SignIn.OAuth;
using Apc.ControlPlane.Api.Identity.SignIn.Pages;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Api.Tenancy.Deployments;
using Apc.ControlPlane.Api.Tenancy.Workspaces;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Embedded;
using Apc.GraphQL.AspNetCore;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>All services of the host, feature by feature, and all its endpoints.</summary>
internal static class ControlPlaneServices
{
    /// <param name="connectionString">Called when the database is first needed.</param>
    public static void AddControlPlane(this IServiceCollection services, IConfiguration configuration, Func<string> connectionString)
    {
        services.AddTime();
        services.AddEdge(configuration);
        services.AddSettings<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSettings<EmbeddedPostgresOptions>(EmbeddedPostgresOptions.Section);
        services.AddSettings<DemoOptions>(DemoOptions.Section);
        services.AddKnownSettings(ControlPlaneDatabase.ConnectionStrings, typeof(ControlPlaneDatabase.Settings));
        services.AddControlPlaneData(_ => connectionString());
        services.AddKnownProxies();
        services.AddAccess();
        services.AddPlatform();
        services.AddMail();
        services.AddUsers();
        services.AddPasswords();
        services.AddLinks();
        services.AddAccounts();
        services.AddInvitations();
        services.AddOAuthSignIn(configuration);
        services.AddGate();
        services.AddServiceAccounts();
        services.AddRoleBindings();
        services.AddWorkspaces();
        services.AddTeams();
        services.AddDeployments();
        services.AddGroups();
        services.AddCustomRoles();
        services.AddReconciling();
        services.AddClusters();
        services.AddSweeps();
        services.AddSubscriptions();
        services.AddAuditLogs();
        services.AddScheduler(quartz =>
        {
            quartz.AddClusterJobs(configuration);
            quartz.AddAuditLogJobs(configuration);
        });
        services.AddControlPlaneGraphQL();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database").AddCheck<SweepHealthCheck>("sweeps");
    }

    public static void UseControlPlane(this WebApplication app)
    {
        // The framework's middleware would ask every sign-in provider about every request; their paths are mapped instead.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseRequestLines();
        app.UseKnownProxies();
        app.UseStrictTransport();
        app.UseDatabaseOutageAnswer();
        app.MapGraphQL("/v1");
        app.MapGraphQLWebSocket("/ws");
        app.MapPlayground("/playground", "/v1");
        app.MapTokenPage("/token");
        app.MapAccountPage();
        app.MapOAuth();
        app.MapGate();
        app.MapHealth();
    }
}
