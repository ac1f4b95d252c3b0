using Apc.ControlPlane.Api.Security;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Users;

[QueryType]
public static class UserQueries
{
    /// <summary>Who is asking: the user or service account of the token, and what it may do.</summary>
    [SignedIn]
    public static AuthUser? GetSelf(Caller caller) => AuthUser.Of(caller);
}
