using System.Reflection;
using Apc.GraphQL.Types;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>What the root field does, in the words of the audit trail: <c>entity.verb</c>, with <c>entity.read</c> for reading.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditedAttribute(string action) : Attribute
{
    /// <summary>The action in the row of a success too.</summary>
    public string Action { get; } = action;
}

/// <summary>What is done or attempted, in the words of the audit trail.</summary>
/// <param name="Action">As <c>entity.verb</c>.</param>
public sealed record AuditedAction(string Action)
{
    private static readonly HashSet<string> Grants =
        ["roleBinding", "customRole", "team", "invitation", "serviceAccount"];

    /// <summary>The part before the dot.</summary>
    public string EntityType { get; } = Action[..Action.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsRead => Action.EndsWith(".read", StringComparison.Ordinal);

    /// <summary>Whether the entity is, carries or gives permissions.</summary>
    public bool IsGrant => Grants.Contains(EntityType);

    /// <summary>The action of a root field; null if it has no <see cref="AuditedAttribute"/>.</summary>
    public static AuditedAction? Of(FieldDefinition field)
        => field.Member?.GetCustomAttribute<AuditedAttribute>() is { Action: var action } ? new AuditedAction(action) : null;
}
