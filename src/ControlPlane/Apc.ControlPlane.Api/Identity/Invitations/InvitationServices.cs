namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Everything that the invitations feature adds to the host.</summary>
public static class InvitationServices
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InviteUser>()
        .AddSingleton<DeleteInvite>()
        .AddSingleton<InvitationReader>()
        .AddSingleton<AcceptInvite>()
        .AddSingleton<InvitationRedeemer>();
}
