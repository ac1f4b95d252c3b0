using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;

namespace Apc.TestKit;

/// <summary>Callers of use cases, made without a token.</summary>
public static class TestCaller
{
    /// <summary>This user with these roles of the platform; a System Admin if none is named.</summary>
    public static Caller As(User user, params string[] roles) => new()
    {
        Kind = ActorKind.User,
        Id = user.Id,
        Name = user.Username,
        TokenId = "apc_u_00000000",
        Permissions = RoleTable.BuiltIn.Effective((roles is [] ? [RoleNames.SystemAdmin] : roles).Select(r => RoleTable.BuiltIn.Grant(r))),
    };
}
