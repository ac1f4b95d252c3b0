using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Rows of the audit trail about service accounts.</summary>
internal static class ServiceAccountAudit
{
    /// <param name="publicIds">The public ids of its keys, newest first.</param>
    public static object Shown(ServiceAccount account, IEnumerable<string> roles, IEnumerable<string> publicIds) => new
    {
        account.Label,
        account.Category,
        EntityType = EnumTexts.Of(account.EntityType),
        EntityUuid = account.Entity.Id,
        Role = string.Join(", ", roles),
        PublicIds = publicIds.ToArray(),
        account.Active,
        account.ExpiresAt,
    };

    public static AuditedChange Change(string action, ServiceAccount account) => new(action, "serviceAccount", account.Id, account.Label);
}

internal static class ServiceAccountTexts
{
    /// <summary>Most characters of a label and of a category.</summary>
    public const int MaxLength = 255;

    /// <summary>The label as it is stored.</summary>
    /// <exception cref="ServiceAccountTextInvalidException">It is empty, too long or not plain.</exception>
    public static string Label(string label) => Text(label, nameof(label));

    /// <summary>The category as it is stored; null for none and for an empty one.</summary>
    /// <exception cref="ServiceAccountTextInvalidException">It is too long or not plain.</exception>
    public static string? Category(string? category) => string.IsNullOrEmpty(category) ? null : Text(category, nameof(category));

    private static string Text(string text, string argument)
        => PlainText.Normalize(text, MaxLength) ?? throw new ServiceAccountTextInvalidException(argument, text);
}
