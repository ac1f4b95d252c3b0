using Apc.ControlPlane.Domain.Access;
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
