using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Data.Tests;

public sealed class EnumTextsTests
{
    [Fact]
    public void Stored_texts_are_the_names_on_the_wire()
    {
        Assert.Equal(["INACTIVE", "ACTIVE"], Texts<ClusterStatus>());
        Assert.Equal(["REGISTER", "SCHEDULE", "RECONCILE", "MANUAL"], Texts<StatusCause>());
        Assert.Equal(["RUNNING", "COMPLETED", "FAILED"], Texts<ClusterSyncOutcome>());
        Assert.Equal(["USER", "SERVICE_ACCOUNT", "SYSTEM"], Texts<ActorKind>());
        Assert.Equal(["SUCCESS", "FAILURE"], Texts<AuditOutcome>());
        Assert.Equal(["SYSTEM", "WORKSPACE", "DEPLOYMENT", "CLUSTER"], Texts<RoleScope>());
        Assert.Equal(["SYSTEM", "WORKSPACE", "DEPLOYMENT", "CLUSTER"], Texts<EntityType>());
        Assert.Equal(["PENDING", "ACTIVE"], Texts<UserStatus>());
        Assert.Equal(["CONFIRM_EMAIL", "RESET_PASSWORD"], Texts<UserLinkPurpose>());
    }

    [Fact]
    public void A_stored_text_leads_back_to_its_value()
        => Assert.All(Enum.GetValues<ActorKind>(), kind => Assert.Equal(kind, EnumTexts.Parse<ActorKind>(EnumTexts.Of(kind))));

    private static IEnumerable<string> Texts<TEnum>()
        where TEnum : struct, Enum
        => Enum.GetValues<TEnum>().Select(EnumTexts.Of);
}
