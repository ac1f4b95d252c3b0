using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Common.Errors;

/// <summary>No refusal by a constraint of the database is a fault of the service, whichever constraint it is.</summary>
public sealed class ConstraintErrorsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // Unique, but nothing that a caller chooses: of two changes at the same moment one is refused as such.
    private static readonly string[] ChosenByNoCaller =
    [
        "IX_Invitation_tokenHash", "UX_ClusterStatusTransition_clusterId_number", "UX_ClusterSyncRun_dueAt", "UX_Deployment_releaseName",
        "UX_Invitation_email_workspaceId", "UX_OutboxEvent_transitionId", "UX_RoleBinding", "UX_ServiceAccountKey_current",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_foreign_key_leads_to_an_error_of_the_thing_that_is_missing()
    {
        var keys = await database.QueryAsync<string>(
            $"""
             select c.conname || ' ' || t.relname from pg_constraint c join pg_class t on t.oid = c.confrelid
             where c.contype = 'f' and c.connamespace = '{HoustonNames.Schema}'::regnamespace order by 1
             """,
            Stop);

        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            var (name, table) = (key.Split(' ')[0], key.Split(' ')[1]);
            var code = ConstraintTable.Errors.Explain(PostgresErrorCodes.ForeignKeyViolation, name)!.Code;
            var expected = Expected(name, table);
            Assert.True(code == expected, $"{name} leads to {code} instead of {expected}: see Hosting/ConstraintTable.cs.");
        });
    }

    [Fact]
    public async Task Every_unique_index_and_every_check_leads_to_an_error_that_callers_may_see()
    {
        var indexes = await database.QueryAsync<string>(
            $"select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique and c.relnamespace = '{HoustonNames.Schema}'::regnamespace", Stop);
        var checks = await database.QueryAsync<string>(
            $"select conname::text from pg_constraint where contype = 'c' and connamespace = '{HoustonNames.Schema}'::regnamespace", Stop);

        Assert.NotEmpty(indexes);
        Assert.All(indexes, name =>
        {
            var code = ConstraintTable.Errors.Explain(PostgresErrorCodes.UniqueViolation, name)!.Code;
            var expected = name.StartsWith("PK_", StringComparison.Ordinal) || ChosenByNoCaller.Contains(name) ? "_MEANWHILE" : "_TAKEN";
            Assert.True(
                code.EndsWith(expected, StringComparison.Ordinal),
                $"{name} leads to {code} instead of …{expected}: see Hosting/ConstraintTable.cs.");
        });
        Assert.All(checks, name => Assert.IsAssignableFrom<DomainException>(ConstraintTable.Errors.Explain(PostgresErrorCodes.CheckViolation, name)));
    }

    [Theory]
    [InlineData("UX_Email_address", "EMAIL_TAKEN")]
    [InlineData("UX_Workspace_label", "WORKSPACE_LABEL_TAKEN")]
    [InlineData("UX_Cluster_name", "CLUSTER_NAME_TAKEN")]
    [InlineData("UX_Cluster_metadataUrl", "CLUSTER_METADATA_URL_TAKEN")]
    [InlineData("UX_Cluster_baseDomain", "CLUSTER_BASE_DOMAIN_TAKEN")]
    [InlineData("UX_Team_name", "TEAM_NAME_TAKEN")]
    [InlineData("UX_CustomRole_name", "CUSTOM_ROLE_NAME_TAKEN")]
    public void Names_that_are_taken_say_whose_they_are(string index, string code)
        => Assert.Equal(code, ConstraintTable.Errors.Explain(PostgresErrorCodes.UniqueViolation, index)!.Code);

    [Fact]
    public void Refusals_of_other_kinds_are_none_of_a_constraint()
        => Assert.Null(ConstraintTable.Errors.Explain(PostgresErrorCodes.UndefinedTable, null));

    private static string Expected(string name, string table) => (name, table) switch
    {
        ("FK_Invitation_User_invitedById", _) => "UNAUTHENTICATED",
        (_, "Cluster") => "NOT_FOUND",
        (_, "ServiceAccount") => "SERVICE_ACCOUNT_NOT_FOUND",
        (_, "CustomRole") => "CUSTOM_ROLE_NOT_FOUND",
        _ => $"{table.ToUpperInvariant()}_NOT_FOUND",
    };
}
