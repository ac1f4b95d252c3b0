using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>
/// Restricts a field of a cluster to callers who hold the permission on that cluster or everywhere. For other callers it is null, with the
/// permission error at its path, and the other fields are answered.
/// </summary>
public sealed class RequiresPermissionOnClusterAttribute(string permission) : FieldPolicyAttribute
{
    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var required = Domain.Access.Permission.Named(Permission);

        return context =>
        {
            context.Caller().RequireOn(((ClusterRow)context.Parent!).Id, required);
            return next(context);
        };
    }
}
