using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Identity.Teams;

[QueryType]
public static class TeamQueries
{
    private static readonly Permission AllForWorkspace = Permission.Named(Permissions.InWorkspace.TeamsGetAll);

    /// <summary>One team. Needs `system.teams.get`, or `workspace.teams.get` in a workspace where the team holds a role.</summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="workspaceUuid">The workspace in which the caller may see teams.</param>
    [Audited("team.read")]
    [RequiresPermission(Permissions.InWorkspace.TeamsGet, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.TeamsGet)]
    public static async Task<TeamRow?> GetTeamAsync(
        Uuid teamUuid, Uuid? workspaceUuid, Caller caller, TeamReader teams, CancellationToken cancellationToken)
        => (teamUuid.Id is { } id
            ? await teams.FindAsync(id, ScopeOf(caller, workspaceUuid), cancellationToken)
            : null) ?? throw new TeamNotFoundException();

    /// <summary>The members of a team, oldest user first: at most 1,000. The cursor for the next page is the id of the last one.</summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="cursor">Only members after the one with this id.</param>
    [Audited("teamUser.read")]
    [RequiresPermission(Permissions.TeamsGet)]
    public static async Task<IReadOnlyList<UserRow>?> GetTeamUsersAsync(
        Uuid teamUuid, Uuid? cursor, TeamReader teams, CancellationToken cancellationToken)
        => await teams.ListUsersAsync(
            teamUuid.Id ?? throw new TeamNotFoundException(),
            PageArguments.Cursor(cursor, "user"),
            cancellationToken);

    /// <summary>
    /// The teams that the caller may see, a page at a time, oldest first: all with `system.teams.get`, or `workspace.teams.getAll` in the
    /// workspace; those that hold a role in the workspace with `workspace.teams.get` there.
    /// </summary>
    /// <param name="take">Teams on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the team with this id.</param>
    /// <param name="workspaceUuid">
    /// The workspace in which the caller may see teams. It changes nothing for callers who see all teams; `workspaceTeams` has the teams of
    /// a workspace.
    /// </param>
    /// <param name="searchPhrase">Only teams whose name contains this text, without regard to case; 3 characters or more.</param>
    [Audited("team.read")]
    [RequiresPermission(Permissions.InWorkspace.TeamsGet, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.TeamsGet)]
    public static async Task<TeamPage?> GetPaginatedTeamsAsync(
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        Uuid? cursor,
        Uuid? workspaceUuid,
        string? searchPhrase,
        Caller caller,
        Selection selection,
        TeamReader teams,
        CancellationToken cancellationToken)
        => await teams.PageAsync(
            new TeamPageQuery
            {
                Take = PageArguments.Take(take),
                Cursor = PageArguments.Cursor(cursor, "team"),
                WorkspaceId = workspaceUuid?.Id is { } id && caller.Permissions.HoldsInWorkspace(id, AllForWorkspace)
                    ? null
                    : ScopeOf(caller, workspaceUuid),
                SearchPhrase = Phrase(searchPhrase),
                WantsCount = selection.Wants(nameof(TeamPage.Count)),
                WantsTeams = selection.Wants(nameof(TeamPage.Teams)),
            },
            cancellationToken);

    /// <summary>The workspace whose teams the caller may see; null for all teams.</summary>
    private static Guid? ScopeOf(Caller caller, Uuid? workspaceUuid)
        => caller.Permissions.Holds(Permissions.TeamsGet) ? null : workspaceUuid?.Id ?? throw new PermissionDeniedException();

    private static string? Phrase(string? given) => given?.Trim() switch
    {
        null or "" => null,
        { Length: < TeamPageQuery.MinPhraseLength } phrase => throw new InvalidPageException(
            $"searchPhrase is '{phrase}', but needs {TeamPageQuery.MinPhraseLength} characters or more."),
        var phrase => phrase,
    };
}
