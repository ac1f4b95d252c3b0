using System.Reflection;
using System.Xml.Linq;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>A permission of which roles can be made.</summary>
/// <param name="Name">Its name: scope, entity and action.</param>
/// <param name="Scope">
/// Where it counts. Roles of a workspace or deployment hold those of that scope, roles of a cluster those that begin with
/// `system.clusters.`, roles of the platform all.
/// </param>
/// <param name="Description">What it allows.</param>
[GraphQLName("Permission")]
public sealed record PermissionEntry(string Name, RoleScope Scope, string Description)
{
    /// <summary>Every permission, by name. Descriptions are the summaries of the constants in <see cref="Permissions"/>.</summary>
    public static IReadOnlyList<PermissionEntry> All { get; } = [.. ReadAll().OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static IEnumerable<PermissionEntry> ReadAll()
    {
        var constants = new[] { typeof(Permissions), typeof(Permissions.InWorkspace), typeof(Permissions.InDeployment) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));
        var file = Path.ChangeExtension(typeof(Permissions).Assembly.Location, ".xml");
        var summaries = File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!, m => m.Element("summary"))
            : [];

        return from constant in constants
               let permission = Permission.Find((string)constant.GetRawConstantValue()!)
               where permission is not null
               let summary = summaries.GetValueOrDefault($"F:{constant.DeclaringType!.FullName!.Replace('+', '.')}.{constant.Name}")
               select new PermissionEntry(permission.Name, permission.Scope, Text(summary));
    }

    private static string Text(XElement? summary) => summary is null
        ? ""
        : string.Join(' ', string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // A reference to another permission becomes its name.
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } reference
            => (string?)typeof(Permissions).GetField(reference[(reference.LastIndexOf('.') + 1)..])?.GetRawConstantValue() ?? reference,
        XElement element => element.Value,
        _ => "",
    };
}
