using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>
/// The field is for callers who hold this permission everywhere, unless another property says otherwise. Others get
/// the permission error at the field's path and the resolver is not called.
/// </summary>
public sealed class RequiresPermissionAttribute(string permission) : FieldPolicyAttribute
{
    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Permission { get; } = permission;

    /// <summary>The argument with a cluster's id, by its name in the schema: holding the permission on that cluster is enough.</summary>
    public string? OnCluster { get; init; }

    /// <summary>The argument with a workspace's id: holding the permission in that workspace is enough.</summary>
    public string? InWorkspace { get; init; }

    /// <summary>The argument with a deployment's id: holding the permission in that deployment is enough.</summary>
    public string? InDeployment { get; init; }

    /// <summary>Another of <see cref="Permissions"/>: holding that one everywhere is enough too.</summary>
    public string? OrEverywhere { get; init; }

    /// <summary>Holding the permission on any one entity is enough; the resolver narrows its answer to those entities.</summary>
    public bool Anywhere { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The permission or the argument does not exist.</exception>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var check = Check(field, next);

        if (OrEverywhere is null)
        {
            return check;
        }

        var twin = Domain.Access.Permission.Named(OrEverywhere);
        return context => context.Caller().Permissions.Holds(twin) ? next(context) : check(context);
    }

    private FieldDelegate Check(FieldDefinition field, FieldDelegate next)
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

        if (EntityCheck is not (var name, var requireOn))
        {
            return context =>
            {
                context.Caller().Require(required);
                return next(context);
            };
        }

        var argument = IndexOf(field, name);

        return context =>
        {
            // Without an id only the permission everywhere counts, so that the answer does not depend on what exists.
            if (IdOf(context.Arguments[argument]) is { } id)
            {
                requireOn(context.Caller(), id, required);
            }
            else
            {
                context.Caller().Require(required);
            }

            return next(context);
        };
    }

    /// <summary>The argument that names an entity, and the check on it; null if the permission has to be held everywhere.</summary>
    private (string Argument, Action<Caller, Guid, Domain.Access.Permission> Require)? EntityCheck => this switch
    {
        { OnCluster: { } argument } => (argument, static (caller, id, required) => caller.RequireOn(id, required)),
        { InWorkspace: { } argument } => (argument, static (caller, id, required) => caller.RequireInWorkspace(id, required)),
        { InDeployment: { } argument } => (argument, static (caller, id, required) => caller.RequireInDeployment(id, required)),
        _ => null,
    };

    private static Guid? IdOf(object? argument) => argument switch
    {
        Guid id => id,
        Uuid { Id: var id } => id,
        _ => null,
    };

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

/// <summary>The field is for all callers with a valid token; its resolver answers with what the caller may see.</summary>
public sealed class SignedInAttribute : FieldPolicyAttribute
{
    /// <inheritdoc/>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next) => context =>
    {
        context.Caller().RequireSignedIn();
        return next(context);
    };
}

/// <summary>The root field needs no token.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicFieldAttribute(string why) : Attribute
{
    /// <summary>Why that is safe and needed; a test lists all such fields for review.</summary>
    public string Why { get; } = why;
}
