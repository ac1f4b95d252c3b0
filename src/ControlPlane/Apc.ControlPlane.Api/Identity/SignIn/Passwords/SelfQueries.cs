using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

[QueryType]
public static class SelfQueries
{
    /// <summary>The caller: the user or service account of the token, and what they may do.</summary>
    [Audited("self.read")]
    [SignedIn]
    public static AuthUser? GetSelf(Caller caller) => AuthUser.Of(caller);
}
