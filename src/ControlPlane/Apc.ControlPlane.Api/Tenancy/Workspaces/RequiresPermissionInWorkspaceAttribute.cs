using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>
/// The field of a workspace is for callers who hold the permission in that workspace or everywhere. For others it is null, with the permission error at
/// its path, and the rest of the answer stands.
/// </summary>
public sealed class RequiresPermissionInWorkspaceAttribute(string permission) : FieldPolicyAttribute
{
    /// <summary>One of <see cref="Permissions.InWorkspace"/>.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var required = Domain.Access.Permission.Named(Permission);

        return context =>
        {
            context.Caller().RequireInWorkspace(((WorkspaceRow)context.Parent!).Id, required);
            return next(context);
        };
    }
}
