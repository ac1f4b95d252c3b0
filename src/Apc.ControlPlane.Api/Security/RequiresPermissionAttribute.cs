using Apc.ControlPlane.Api.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Security;

/// <summary>
/// The field is for callers who hold this permission everywhere, unless <see cref="OnCluster"/> or <see cref="Anywhere"/> says otherwise. Others get
/// the permission error at the field's path and the resolver is not called.
/// </summary>
/// <param name="permission">One of <see cref="Permissions"/>.</param>
public sealed class RequiresPermissionAttribute(string permission) : FieldPolicyAttribute
{
    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Permission { get; } = permission;

    /// <summary>Name, in the schema, of the argument with the cluster's id: holding the permission on that cluster is enough.</summary>
    public string? OnCluster { get; init; }

    /// <summary>Holding the permission on any one entity is enough; the resolver narrows its answer down to those.</summary>
    public bool Anywhere { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The permission or the argument does not exist.</exception>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var required = Domain.Access.Permission.Named(Permission);

        if (Anywhere)
        {
            return context =>
            {
                context.Caller().RequireAnywhere(required);
                return next(context);
            };
        }

        if (OnCluster is null)
        {
            return context =>
            {
                context.Caller().Require(required);
                return next(context);
            };
        }

        var argument = IndexOf(field, OnCluster);

        return context =>
        {
            RequireOn(context.Arguments[argument], context.Caller(), required);
            return next(context);
        };
    }

    /// <summary>An argument that is no id names no cluster; then only the permission everywhere helps, so that nothing is revealed.</summary>
    private static void RequireOn(object? clusterId, Caller caller, Permission required)
    {
        switch (clusterId)
        {
            case Guid id:
                caller.RequireOn(id, required);
                break;
            case Uuid { Id: { } id }:
                caller.RequireOn(id, required);
                break;
            default:
                caller.Require(required);
                break;
        }
    }

    private static int IndexOf(FieldDefinition field, string argument)
    {
        for (var i = 0; i < field.Arguments.Count; i++)
        {
            if (field.Arguments[i].Name == argument)
            {
                return i;
            }
        }

        throw new ArgumentException($"The field {field.Name} has no argument named {argument}.", nameof(argument));
    }
}
