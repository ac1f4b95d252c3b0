using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>What a root field does, in the words of the audit trail: for failures, which no use case describes.</summary>
/// <param name="Action">As <c>entity.verb</c>, the same that the row of a success has.</param>
/// <param name="EntityType">What kind of thing it is about.</param>
public sealed partial record AuditedAction(string Action, string EntityType)
{
    // Fields whose names do not say it.
    private static readonly Dictionary<string, AuditedAction> Exceptions = new(StringComparer.Ordinal)
    {
        ["createToken"] = new("user.signIn", "user"),
        ["inviteUser"] = new("invitation.create", "invitation"),
        ["acceptInvite"] = new("invitation.use", "invitation"),
        ["deleteInviteToken"] = new("invitation.delete", "invitation"),
        ["confirmEmail"] = new("user.verifyEmail", "user"),
        ["verifyEmail"] = new("user.verifyEmail", "user"),
        ["resendConfirmation"] = new("user.resendConfirmation", "user"),
        ["forgotPassword"] = new("user.forgotPassword", "user"),
        ["resetPassword"] = new("user.resetPassword", "user"),
        ["createPasswordResetLink"] = new("user.createPasswordResetLink", "user"),
        ["updateSelf"] = new("user.update", "user"),
        ["removeUser"] = new("user.delete", "user"),
        ["rotateServiceAccountKey"] = new("serviceAccount.rotateKey", "serviceAccount"),
        ["reconcileClusterMetadataJob"] = new("cluster.update", "cluster"),
    };

    // Fields such as workspaceAddUser begin with the place, and give or take a role there.
    private static readonly HashSet<string> Places = ["workspace", "deployment", "group"];

    // How a list is read, no part of what it lists.
    private static readonly HashSet<string> Listings = ["paginated", "sys"];

    private static readonly HashSet<string> Grants = ["roleBinding", "customRole", "customRoleBinding", "team", "invitation", "serviceAccount"];

    // Where a role binding or a service account is, is no part of what it is.
    private static readonly HashSet<string> Scopes = ["System", "Workspace", "Deployment", "Cluster", "User", "Team"];

    /// <summary>By the name of the field: <c>createSystemRoleBinding</c> is <c>roleBinding.create</c>, <c>workspaceAddUser</c> too.</summary>
    public static AuditedAction Of(string field)
    {
        if (Exceptions.TryGetValue(field, out var known))
        {
            return known;
        }

        var words = Words().Split(field);

        if (words.Length == 1)
        {
            return new AuditedAction($"user.{field}", "user");
        }

        if (Places.Contains(words[0]))
        {
            return new AuditedAction(words[1] == "Remove" ? "roleBinding.delete" : "roleBinding.create", "roleBinding");
        }

        var first = 1;

        while (first < words.Length - 1 && Scopes.Contains(words[first]))
        {
            first++;
        }

        var entityType = CamelCase(words[first..]);
        return new AuditedAction($"{entityType}.{words[0]}", entityType);
    }

    /// <summary>What a query reads, singular and without how it is listed: <c>paginatedUsers</c> and <c>users</c> are <c>user.read</c>.</summary>
    public static AuditedAction OfRead(string field)
    {
        var words = Words().Split(field);
        var entityType = CamelCase(words.Length > 1 && Listings.Contains(words[0]) ? words[1..] : words);
        entityType = entityType.EndsWith('s') && entityType.Length > 1 ? entityType[..^1] : entityType;
        return new AuditedAction($"{entityType}.read", entityType);
    }

    /// <summary>Whether things of this kind are, carry or give rights.</summary>
    public static bool IsGrant(string entityType) => Grants.Contains(entityType);

    private static string CamelCase(string[] words)
    {
        var text = string.Concat(words);
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    [GeneratedRegex("(?=[A-Z])")]
    private static partial Regex Words();
}
