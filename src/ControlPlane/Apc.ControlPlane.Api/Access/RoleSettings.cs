using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.Errors;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access;

/// <summary>The built-in roles with the changes of the configuration, and its new roles.</summary>
/// <remarks>As in Houston, a change affects only the role that it names, not roles that include it.</remarks>
public sealed class RoleSettings
{
    public const string Section = "Houston:Roles";

    public RoleTable Table { get; private set; } = RoleTable.BuiltIn;

    /// <summary>Reads <see cref="Section"/>.</summary>
    /// <exception cref="OptionsValidationException">Some settings cannot be used; it has a sentence for each.</exception>
    public void Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var changed = configuration.GetSection(Section).GetChildren()
            .Select(role => new RoleSetting(role, problems).Read())
            .OfType<Role>()
            .ToArray();

        if (changed.FirstOrDefault(r => r.Name == RoleNames.SystemAdmin) is { } admin
            && !admin.Permissions.Contains(Permission.Named(Permissions.IamUpdate)))
        {
            problems.Add(
                $"{Section}:{RoleNames.SystemAdmin} lacks {Permissions.IamUpdate}; "
                + "nobody could give roles any more, so it has to keep it.");
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RoleSettings), problems);
        }

        Table = RoleTable.BuiltIn.With(changed);
    }
}

/// <summary>Reads the configuration of one role.</summary>
/// <param name="section">The role's section, whose key is its name.</param>
/// <param name="problems">Gets a sentence for each problem: the setting, its value and what is allowed.</param>
internal sealed partial class RoleSetting(IConfigurationSection section, List<string> problems)
{
    private const string Label = "Name";
    private const string Scope = "Scope";
    private const string Description = "Description";
    private const string Permissions = "Permissions";

    private static readonly string[] Known = [Label, Scope, Description, Permissions];
    private static readonly string Scopes = string.Join(", ", Enum.GetNames<RoleScope>());

    /// <summary>The role with all its settings; null if its name or scope cannot be used.</summary>
    public Role? Read()
    {
        var builtIn = RoleTable.BuiltIn.Find(section.Key);

        if (!Names().IsMatch(section.Key))
        {
            problems.Add(
                $"{section.Path} is no name of a role; allowed are 1 to 64 capital letters, digits and underscores, such as DATA_AUDITOR.");
            return null;
        }

        if (section.Value is { Length: > 0 } value)
        {
            problems.Add($"{section.Path} is '{value}'; allowed are settings below it: {string.Join(", ", Known)}.");
        }

        foreach (var unknown in section.GetChildren().Where(c => !Known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{unknown.Path} is no setting of a role; allowed are {string.Join(", ", Known)}.");
        }

        if (ReadScope(builtIn) is not { } scope)
        {
            return null;
        }

        var permissions = ReadPermissions(scope, builtIn?.Permissions ?? PermissionSet.Empty);

        if (builtIn is null && !permissions.Names.Any())
        {
            problems.Add($"{section.Path}:{Permissions} gives nothing; a new role needs at least one permission that is true.");
        }

        return new Role(section.Key, scope, permissions)
        {
            Description = Text(Description)
                ?? builtIn?.Description
                ?? Text(Label)
                ?? "A role that the configuration of this platform made.",
        };
    }

    private string? Text(string key) => section[key] is { Length: > 0 } text ? text : null;

    private RoleScope? ReadScope(Role? builtIn)
    {
        var text = Text(Scope);

        if (text is null)
        {
            if (builtIn is null)
            {
                var suggestion = DidYouMean.Text(section.Key, RoleTable.BuiltIn.All.Select(r => r.Name));
                problems.Add($"{section.Path}:{Scope} is missing; a new role needs one of {Scopes}.{suggestion}");
            }

            return builtIn?.Scope;
        }

        if (!Enum.TryParse<RoleScope>(text, ignoreCase: true, out var scope) || !Enum.IsDefined(scope) || char.IsAsciiDigit(text[0]))
        {
            problems.Add($"{section.Path}:{Scope} is '{text}'; allowed is {Scopes}.");
            return builtIn?.Scope;
        }

        if (builtIn is not null && builtIn.Scope != scope)
        {
            problems.Add($"{section.Path}:{Scope} is '{text}'; the scope of a built-in role stays, which is {builtIn.Scope}.");
        }

        return builtIn?.Scope ?? scope;
    }

    private PermissionSet ReadPermissions(RoleScope scope, PermissionSet held)
    {
        var settings = section.GetSection(Permissions);

        if (settings.Value is { Length: > 0 } value)
        {
            problems.Add(
                $"{settings.Path} is '{value}'; allowed is a setting for each permission, "
                + $"such as {settings.Path}:workspace.config.get=true.");
        }

        // A longer wildcard overrules a shorter one, and a name overrules all wildcards, in any order of the settings.
        return settings.GetChildren()
            .OrderBy(setting => !setting.Key.EndsWith(".*", StringComparison.Ordinal))
            .ThenBy(setting => setting.Key.Length)
            .Aggregate(held, (all, setting) => Apply(setting, scope, all));
    }

    private PermissionSet Apply(IConfigurationSection setting, RoleScope scope, PermissionSet held)
    {
        var named = Permission.Matching(setting.Key);

        if (named.Count == 0)
        {
            var suggestion = DidYouMean.Text(setting.Key, Permission.All.Select(p => p.Name));
            problems.Add($"{setting.Path}: there is no permission {setting.Key}.{suggestion}");
            return held;
        }

        // No value, such as null in a file, leaves the role as it is.
        if (setting.Value is null or "")
        {
            return held;
        }

        if (!SettingText.TryReadBoolean(setting.Value, out var isGiven))
        {
            problems.Add($"{setting.Path} is '{setting.Value}'; allowed is true or false.");
            return held;
        }

        if (named.Any(p => !p.CountsIn(scope)))
        {
            var prefix = scope switch { RoleScope.Cluster => "system.clusters", RoleScope.Workspace => "workspace", _ => "deployment" };
            problems.Add(
                $"{setting.Path}: {setting.Key} does not count in a role of the scope {scope}; "
                + $"allowed are those that begin with '{prefix}.'.");
            return held;
        }

        return isGiven ? held.Union(PermissionSet.Of(named)) : held.Except(PermissionSet.Of(named));
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,63}\z")]
    private static partial Regex Names();
}
