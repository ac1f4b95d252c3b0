namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>A section of the configuration that is this program's own.</summary>
/// <param name="Name">Its full name, such as <c>GraphQL:Limits</c>.</param>
/// <param name="Options">The class that names its settings; null where its names are free, and judged by what reads them.</param>
internal sealed record SettingsSection(string Name, Type? Options);
