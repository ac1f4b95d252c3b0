using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Domain.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Access;

public sealed class RoleSettingsTests
{
    [Fact]
    public void Without_settings_the_table_is_the_built_in_one()
        => Assert.Same(RoleTable.BuiltIn, new RoleSettings().Table);

    [Fact]
    public void A_permission_is_given_and_another_taken()
    {
        var table = Read(("USER:Permissions:system.clusters.get", "true"), ("USER:Permissions:system.workspace.create", "False"));

        Assert.Equal(
            ["system.clusters.get", "system.getAirflowReleaseById", "system.getDeploymentById", "system.getEmailById"],
            table[RoleNames.User].Permissions.Names);
        Assert.Equal(table[RoleNames.User].Permissions.Names, table.Effective([]).Names);
        Assert.Equal(RoleTable.BuiltIn.All.Select(r => r.Name), table.All.Select(r => r.Name));
        Assert.Equal("What everyone who is signed in may do.", table[RoleNames.User].Description);
    }

    [Fact]
    public void A_change_touches_the_role_that_it_names_and_not_those_that_include_it()
    {
        var table = Read(("WORKSPACE_VIEWER:Permissions:workspace.users.get", "false"), ("WORKSPACE_VIEWER:Permissions:workspace.config.delete", "true"));

        Assert.Equal(
            ["WORKSPACE_VIEWER"], table.All.Where(r => !r.Permissions.Names.SequenceEqual(RoleTable.BuiltIn[r.Name].Permissions.Names)).Select(r => r.Name));
        Assert.DoesNotContain("workspace.users.get", table[RoleNames.WorkspaceViewer].Permissions.Names);
        Assert.Contains("workspace.config.delete", table[RoleNames.WorkspaceViewer].Permissions.Names);
    }

    [Fact]
    public void A_wildcard_stands_for_all_that_begins_like_it_and_a_name_goes_before_it()
    {
        var table = Read(
            ("SYSTEM_EDITOR:Permissions:system.clusters.delete", "false"),
            ("SYSTEM_EDITOR:Permissions:system.clusters.*", "true"),
            ("SYSTEM_VIEWER:Permissions:workspace.deployments.config.*", "true"),
            ("SYSTEM_VIEWER:Permissions:workspace.*", "false"));

        Assert.Equal(["system.clusters.create", "system.clusters.get", "system.clusters.update"], Held(table, RoleNames.SystemEditor, "system.clusters."));
        Assert.Equal(
            ["workspace.deployments.config.delete", "workspace.deployments.config.get", "workspace.deployments.config.update"],
            Held(table, RoleNames.SystemViewer, "workspace."));
    }

    [Fact]
    public void A_new_role_has_a_scope_and_permissions_of_it()
    {
        var table = Read(
            ("CLUSTER_OPERATOR:Scope", "cluster"),
            ("CLUSTER_OPERATOR:Name", "Cluster Operator"),
            ("CLUSTER_OPERATOR:Permissions:system.clusters.*", "true"),
            ("CLUSTER_OPERATOR:Permissions:system.clusters.create", "false"),
            ("AUDITOR:Scope", "System"),
            ("AUDITOR:Description", "Looks at what others did."),
            ("AUDITOR:Permissions:system.users.get", "true"),
            ("AUDITOR:Permissions:workspace.config.get", "true"));

        Assert.Equal(["AUDITOR", "CLUSTER_OPERATOR"], table.All.Skip(RoleTable.BuiltIn.All.Count).Select(r => r.Name));
        var (auditor, clusterOperator) = (table["AUDITOR"], table["CLUSTER_OPERATOR"]);
        Assert.Equal((RoleScope.System, "Looks at what others did."), (auditor.Scope, auditor.Description));
        Assert.Equal(["system.users.get", "workspace.config.get"], auditor.Permissions.Names);
        Assert.Equal((RoleScope.Cluster, "Cluster Operator"), (clusterOperator.Scope, clusterOperator.Description));
        Assert.Equal(["system.clusters.delete", "system.clusters.get", "system.clusters.update"], clusterOperator.Permissions.Names);
    }

    [Fact]
    public void Nothing_said_changes_nothing()
    {
        var table = Read(("USER:Permissions:system.clusters.get", null), ("USER:Permissions:system.workspace.create", ""), ("USER:Name", "User"));

        Assert.Equal(RoleTable.BuiltIn[RoleNames.User].Permissions.Names, table[RoleNames.User].Permissions.Names);
    }

    [Fact]
    public void Environment_variables_carry_the_dots_of_permissions()
    {
        const string Prefix = "APC_ROLE_SETTINGS_TEST_";
        Environment.SetEnvironmentVariable($"{Prefix}Houston__Roles__USER__Permissions__system.clusters.get", "true");
        var settings = new RoleSettings();

        settings.Read(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build());

        Assert.Contains("system.clusters.get", settings.Table[RoleNames.User].Permissions.Names);
    }

    [Theory]
    [InlineData("USER:Permissions:system.cluster.get", "true", "Houston:Roles:USER:Permissions:system.cluster.get: there is no permission system.cluster.get. Did you mean \"system.clusters.get\", \"system.users.get\", \"system.clusters.create\", \"system.clusters.delete\", or \"system.invite.get\"?")]
    [InlineData("USER:Permissions:system.rockets.*", "true", "Houston:Roles:USER:Permissions:system.rockets.*: there is no permission system.rockets.*.")]
    [InlineData("USER:Permissions:*", "true", "Houston:Roles:USER:Permissions:*: there is no permission *.")]
    [InlineData("USER:Permissions:system.clusters.get", "yes", "Houston:Roles:USER:Permissions:system.clusters.get is 'yes'; allowed is true or false.")]
    [InlineData("USER:Permissions", "true", "Houston:Roles:USER:Permissions is 'true'; allowed is a setting for each permission, such as Houston:Roles:USER:Permissions:workspace.config.get=true.")]
    [InlineData("USER", "true", "Houston:Roles:USER is 'true'; allowed are settings below it: Name, Scope, Description, Permissions.")]
    [InlineData("USER:Permission:system.clusters.get", "true", "Houston:Roles:USER:Permission is no setting of a role; allowed are Name, Scope, Description, Permissions.")]
    [InlineData("USER:Scope", "Workspace", "Houston:Roles:USER:Scope is 'Workspace'; the scope of a built-in role stays, which is System.")]
    [InlineData("USER:Scope", "Galaxy", "Houston:Roles:USER:Scope is 'Galaxy'; allowed is System, Workspace, Deployment, Cluster.")]
    [InlineData("USER:Scope", "0", "Houston:Roles:USER:Scope is '0'; allowed is System, Workspace, Deployment, Cluster.")]
    [InlineData("SYSTEM_ADMN:Permissions:system.clusters.get", "true", "Houston:Roles:SYSTEM_ADMN:Scope is missing; a new role needs one of System, Workspace, Deployment, Cluster. Did you mean \"SYSTEM_ADMIN\", \"CLUSTER_ADMIN\", or \"SYSTEM_EDITOR\"?")]
    [InlineData("Auditor:Scope", "System", "Houston:Roles:Auditor is no name of a role; allowed are 1 to 64 capital letters, digits and underscores, such as DATA_AUDITOR.")]
    [InlineData("AUDITOR:Scope", "System", "Houston:Roles:AUDITOR:Permissions gives nothing; a new role needs at least one permission that is true.")]
    [InlineData("WORKSPACE_VIEWER:Permissions:system.users.get", "true", "Houston:Roles:WORKSPACE_VIEWER:Permissions:system.users.get: system.users.get does not count in a role of the scope Workspace; allowed are those that begin with 'workspace.'.")]
    [InlineData("DEPLOYMENT_VIEWER:Permissions:workspace.*", "true", "Houston:Roles:DEPLOYMENT_VIEWER:Permissions:workspace.*: workspace.* does not count in a role of the scope Deployment; allowed are those that begin with 'deployment.'.")]
    [InlineData("CLUSTER_VIEWER:Permissions:system.*", "true", "Houston:Roles:CLUSTER_VIEWER:Permissions:system.*: system.* does not count in a role of the scope Cluster; allowed are those that begin with 'system.clusters.'.")]
    [InlineData("SYSTEM_ADMIN:Permissions:system.iam.update", "false", "Houston:Roles:SYSTEM_ADMIN lacks system.iam.update; nobody could give roles any more, so it has to keep it.")]
    [InlineData("SYSTEM_ADMIN:Permissions:system.*", "false", "Houston:Roles:SYSTEM_ADMIN lacks system.iam.update; nobody could give roles any more, so it has to keep it.")]
    public void What_cannot_be_used_stops_the_start_with_what_is_allowed(string setting, string value, string problem)
        => Assert.Equal([problem], Problems((setting, value)));

    [Fact]
    public void All_problems_are_named_at_once()
        => Assert.Equal(
            [
                "Houston:Roles:AUDITOR:Scope is 'World'; allowed is System, Workspace, Deployment, Cluster.",
                "Houston:Roles:USER:Permissions:rockets.launch: there is no permission rockets.launch.",
                "Houston:Roles:USER:Permissions:system.clusters.get is 'on'; allowed is true or false.",
                "Houston:Roles:SYSTEM_ADMIN lacks system.iam.update; nobody could give roles any more, so it has to keep it.",
            ],
            Problems(
                ("USER:Permissions:system.clusters.get", "on"),
                ("USER:Permissions:rockets.launch", "true"),
                ("AUDITOR:Scope", "World"),
                ("SYSTEM_ADMIN:Permissions:system.iam.*", "false")));

    private static IEnumerable<string> Held(RoleTable table, string role, string prefix)
        => table[role].Permissions.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<string> Problems(params (string Name, string? Value)[] settings)
        => Assert.Throws<OptionsValidationException>(() => Read(settings)).Failures;

    private static RoleTable Read(params (string Name, string? Value)[] settings)
    {
        var read = new RoleSettings();
        read.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Houston:Roles:{s.Name}", s.Value)))
            .Build());
        return read.Table;
    }
}
