namespace Apc.ControlPlane.Api.Features.Invitations;

/// <summary>Everything that the invitations feature adds to the host.</summary>
public static class InvitationServices
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationIssuer>()
        .AddSingleton<InvitationReader>()
        .AddSingleton<InvitationCover>()
        .AddSingleton<InvitationAcceptance>()
        .AddSingleton<InvitationRedeemer>();
}
