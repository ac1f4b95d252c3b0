using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.Errors;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>The checked values of a custom role.</summary>
/// <param name="Name">Plain text of at most <see cref="MaxNameLength"/> characters.</param>
/// <param name="Description">Plain text of at most <see cref="MaxDescriptionLength"/> characters; null for none.</param>
/// <param name="Permissions">Names and wildcards as they were given, each once, sorted.</param>
public sealed record CustomRoleDraft(string Name, string? Description, string[] Permissions)
{
    public const int MaxNameLength = 64;

    public const int MaxDescriptionLength = 1024;

    /// <summary>Most names and wildcards of one role.</summary>
    public const int MaxPermissions = 500;

    /// <summary>Checks the values of a role, except a name and a description that <paramref name="current"/> has already.</summary>
    /// <exception cref="CustomRoleInvalidException">Some values cannot be used; the message has all of them.</exception>
    /// <exception cref="CustomRoleNameTakenException">A role of the table has the name.</exception>
    public static CustomRoleDraft Of(
        string name,
        string? description,
        RoleScope scope,
        IReadOnlyList<string> permissions,
        RoleTable roles,
        CustomRole? current = null)
    {
        var problems = new List<string>();
        var plainName = name == current?.Name ? name : PlainText.Normalize(name, MaxNameLength);
        var plainDescription = string.IsNullOrEmpty(description) ? null
            : description == current?.Description ? description
            : PlainText.Normalize(description, MaxDescriptionLength);

        if (plainName is null)
        {
            problems.Add(PlainText.WhyNoLine("The name", name, MaxNameLength));
        }

        if (plainDescription is null && !string.IsNullOrEmpty(description))
        {
            problems.Add(PlainText.WhyNoLine("The description", description, MaxDescriptionLength));
        }

        if (permissions.Count is 0 or > MaxPermissions)
        {
            problems.Add($"The role needs 1 to {MaxPermissions} permissions.");
        }
        else
        {
            problems.AddRange(permissions.Distinct(StringComparer.Ordinal).Select(p => ProblemOf(p, scope)).OfType<string>());
        }

        if (problems.Count > 0)
        {
            throw new CustomRoleInvalidException(problems);
        }

        if (roles.All.Any(r => NameKey.Of(r.Name) == NameKey.Of(plainName!)))
        {
            throw new CustomRoleNameTakenException(plainName!);
        }

        return new(plainName!, plainDescription, [.. permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static string? ProblemOf(string text, RoleScope scope)
    {
        var named = Permission.Matching(text);

        if (named.Count == 0)
        {
            return $"There is no permission {Shown(text)}.{DidYouMean.Text(Shown(text), Permission.All.Select(p => p.Name))}";
        }

        return named.All(p => p.CountsIn(scope))
            ? null
            : $"{text} does not count in a role of the scope {scope.ToString().ToUpperInvariant()}.";
    }

    // Long enough to recognize any permission.
    private static string Shown(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
