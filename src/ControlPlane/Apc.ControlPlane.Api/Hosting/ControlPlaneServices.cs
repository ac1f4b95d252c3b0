using Apc.ControlPlane.Api.Errors;
using Apc.ControlPlane.Api.Features.AuditLogs;
using Apc.ControlPlane.Api.Features.Clusters;
using Apc.ControlPlane.Api.Features.Clusters.Sweeps;
using Apc.ControlPlane.Api.Features.CustomRoles;
using Apc.ControlPlane.Api.Features.Deployments;
using Apc.ControlPlane.Api.Features.Gate;
using Apc.ControlPlane.Api.Features.Groups;
using Apc.ControlPlane.Api.Features.Invitations;
using Apc.ControlPlane.Api.Features.OAuth;
using Apc.ControlPlane.Api.Features.Platform;
using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Features.ServiceAccounts;
using Apc.ControlPlane.Api.Features.Teams;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Features.Users.Pages;
using Apc.ControlPlane.Api.Features.Workspaces;
using Apc.ControlPlane.Api.Hosting.Proxies;
using Apc.ControlPlane.Api.Mail;
using Apc.ControlPlane.Api.Observability;
using Apc.ControlPlane.Api.Scheduling;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Api.Settings;
using Apc.ControlPlane.Api.Time;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Embedded;
using Apc.GraphQL.AspNetCore;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>What the host is made of, feature by feature, and what it offers at which path.</summary>
internal static class ControlPlaneServices
{
    /// <param name="connectionString">Asked when the database is first needed.</param>
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
        services.AddSecurity();
        services.AddPlatform();
        services.AddMail();
        services.AddUsers();
        services.AddInvitations();
        services.AddLocalSignIn();
        services.AddOAuthSignIn(configuration);
        services.AddGate();
        services.AddServiceAccounts();
        services.AddRoleBindings();
        services.AddWorkspaces();
        services.AddTeams();
        services.AddDeployments();
        services.AddGroups();
        services.AddCustomRoles();
        services.AddClusters();
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
        // The framework would ask every sign-in provider about every request; their paths are mapped instead.
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
