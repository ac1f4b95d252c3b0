using Apc.ControlPlane.Api.Auditing;

namespace Apc.ControlPlane.Api.Tests.Auditing;

public sealed class AuditedActionTests
{
    [Theory]
    [InlineData("updateCluster", "cluster.update", "cluster")]
    [InlineData("createUser", "user.create", "user")]
    [InlineData("createToken", "user.signIn", "user")]
    [InlineData("createSystemRoleBinding", "roleBinding.create", "roleBinding")]
    [InlineData("deleteTeamSystemRoleBinding", "roleBinding.delete", "roleBinding")]
    [InlineData("removeTeam", "team.remove", "team")]
    [InlineData("createTeamSystemRoleBinding", "roleBinding.create", "roleBinding")]
    [InlineData("updateTeam", "team.update", "team")]
    [InlineData("deleteWorkspaceServiceAccount", "serviceAccount.delete", "serviceAccount")]
    [InlineData("createServiceAccount", "serviceAccount.create", "serviceAccount")]
    [InlineData("workspaceAddUser", "roleBinding.create", "roleBinding")]
    [InlineData("logout", "user.logout", "user")]
    [InlineData("reconcileClusterMetadataJob", "cluster.update", "cluster")]
    public void A_field_is_named_in_the_words_of_the_audit_trail(string field, string action, string entityType)
        => Assert.Equal(new AuditedAction(action, entityType), AuditedAction.Of(field));
}
