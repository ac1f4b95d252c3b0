using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Groups;

/// <summary>The users who hold a role of the platform, as the API of 2018 knew them: a group of it is a system role today.</summary>
/// <param name="Uuid">The group's id, the same on every platform.</param>
/// <param name="Label">The group's name.</param>
/// <param name="Role">The role that makes a user a member.</param>
[GraphQLName("Group")]
public sealed record GroupRow(Guid Uuid, string Label, [property: GraphQLIgnore] string Role)
{
    /// <summary>The groups of the platform. The id of the first is the one that the documentation of 2018 names.</summary>
    public static readonly IReadOnlyList<GroupRow> OfSystem =
    [
        new(new("c975c787-6d47-4db2-b2e8-b5c4e030fea6"), "default-admin", RoleNames.SystemAdmin),
        new(new("7f0d3a52-41c6-4e0b-8f5d-2a6b9c1e7d34"), "default-editor", RoleNames.SystemEditor),
        new(new("1b8e64d9-93af-4c72-a05e-d47c8f2b6e10"), "default-viewer", RoleNames.SystemViewer),
    ];

    /// <summary>The group's id.</summary>
    public Guid Id => Uuid;
}
