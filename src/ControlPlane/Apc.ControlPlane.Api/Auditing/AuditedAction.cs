using System.Reflection;
using Apc.GraphQL.Types;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>What the root field does, in the words of the audit trail: <c>entity.verb</c>, where reading is <c>entity.read</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditedAttribute(string action) : Attribute
{
    /// <summary>The same that the row of a success has.</summary>
    public string Action { get; } = action;
}

/// <summary>What is done or attempted, in the words of the audit trail.</summary>
/// <param name="Action">As <c>entity.verb</c>.</param>
public sealed record AuditedAction(string Action)
{
    private const string Reading = ".read";

    private static readonly HashSet<string> Grants = ["roleBinding", "customRole", "customRoleBinding", "team", "invitation", "serviceAccount"];

    /// <summary>What kind of thing it is about.</summary>
    public string EntityType { get; } = Action[..Action.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsRead => Action.EndsWith(Reading, StringComparison.Ordinal);

    /// <summary>Whether the thing is, carries or gives rights.</summary>
    public bool IsGrant => Grants.Contains(EntityType);

    /// <summary>What a root field is declared to do; null for a field that declares nothing.</summary>
    public static AuditedAction? Of(FieldDefinition field)
        => field.Member?.GetCustomAttribute<AuditedAttribute>() is { Action: var action } ? new AuditedAction(action) : null;
}
