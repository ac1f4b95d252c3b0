namespace Apc.ControlPlane.Api.Identity.Invitations;

public static class InvitationServices
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InviteUser>()
        .AddSingleton<DeleteInvite>()
        .AddSingleton<InvitationReader>()
        .AddSingleton<AcceptInvite>()
        .AddSingleton<InvitationRedeemer>();
}
