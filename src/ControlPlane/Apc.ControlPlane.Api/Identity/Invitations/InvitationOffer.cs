namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>What somebody is invited to.</summary>
/// <param name="Email">Who is invited.</param>
public sealed record InvitationOffer(string Email)
{
    /// <summary>The workspace; null for the platform alone.</summary>
    public InvitedWorkspace? Workspace { get; init; }

    /// <summary>Whether users may be invited, too, so that nobody learns who is one.</summary>
    public bool ForUsersToo { get; init; }

    /// <summary>The name of the role that the person gets, in the workspace where there is one; null for none.</summary>
    public string? Role { get; init; }
}

/// <summary>A workspace to which somebody is invited.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">What the mail calls it.</param>
public sealed record InvitedWorkspace(Guid Id, string Label);
