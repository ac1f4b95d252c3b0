using Apc.ControlPlane.Domain.Access;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access;

/// <summary>The roles as the configuration has them: those that are built in, changed one by one, and new ones.</summary>
/// <remarks>A change touches the role that it names alone, not those that include it, as in Houston, whose roles are put together before anything is changed.</remarks>
public sealed class RoleSettings
{
    public const string Section = "Houston:Roles";

    /// <summary>All roles that are known by name.</summary>
    public RoleTable Table { get; private set; } = RoleTable.BuiltIn;

    /// <summary>Takes the section <see cref="Section"/> in.</summary>
    /// <exception cref="OptionsValidationException">Something cannot be used; all of it is named at once.</exception>
    public void Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var changed = configuration.GetSection(Section).GetChildren()
            .Select(role => new RoleSetting(role, problems).Read())
            .OfType<Role>()
            .ToArray();

        if (changed.FirstOrDefault(r => r.Name == RoleNames.SystemAdmin) is { } admin && !admin.Permissions.Contains(Permission.Named(Permissions.IamUpdate)))
        {
            problems.Add($"{Section}:{RoleNames.SystemAdmin} lacks {Permissions.IamUpdate}; nobody could give roles any more, so it has to keep it.");
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RoleSettings), problems);
        }

        Table = RoleTable.BuiltIn.With(changed);
    }
}
