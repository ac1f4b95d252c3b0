namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>A page of teams.</summary>
/// <param name="Teams">The teams of this page, in the order in which teams were made.</param>
/// <param name="Count">The number of teams on all pages: those that match and that the caller may see.</param>
public sealed record TeamPage(IReadOnlyList<TeamRow> Teams, int Count);

/// <summary>The page of teams to read.</summary>
public sealed record TeamPageQuery
{
    /// <summary>Fewest characters of a phrase to search for.</summary>
    public const int MinPhraseLength = 3;

    /// <summary>Most teams on the page.</summary>
    public required int Take { get; init; }

    /// <summary>The page starts after this team; null starts at the first.</summary>
    public Guid? Cursor { get; init; }

    /// <summary>Only teams that hold a role in this workspace; null for all.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>Part of the name, without regard to case; null for any.</summary>
    public string? SearchPhrase { get; init; }

    /// <summary>Whether the client selects the number of teams.</summary>
    public bool WantsCount { get; init; }

    /// <summary>Whether the client selects the teams.</summary>
    public bool WantsTeams { get; init; }
}
