using Apc.ControlPlane.Api.Common.Scalars;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Which invitations are looked for: those that every given member fits exactly. Empty texts count as absent.</summary>
public sealed record InviteSearch
{
    /// <summary>The invitation's id.</summary>
    public Uuid? InviteUuid { get; init; }

    /// <summary>Who is invited, whatever the case.</summary>
    public string? Email { get; init; }

    /// <summary>What the reader of invitations looks for.</summary>
    internal InvitationFilter ToFilter() => new()
    {
        // A text that is no id of ours names nothing; the empty id stands for that.
        Id = InviteUuid is { IsAbsent: false } id ? id.Id ?? Guid.Empty : null,
        Email = string.IsNullOrWhiteSpace(Email) ? null : Email.Trim(),
    };
}
