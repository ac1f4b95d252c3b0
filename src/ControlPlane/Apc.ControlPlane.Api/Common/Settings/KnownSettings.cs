using Apc.GraphQL.Errors;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>
/// All names of settings, so that misspelled ones are found. Names in the sections of ASP.NET Core and of the logs are not checked. Unknown
/// names within <c>Houston</c> are only worth a warning, because operators pass all values of the public chart.
/// </summary>
internal sealed class KnownSettings
{
    private const string Chart = "Houston:";

    // Read by the framework, also from the command line.
    private static readonly HashSet<string> Framework = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllowedHosts", "ApplicationName", "CaptureStartupErrors", "ContentRoot", "DetailedErrors", "Environment",
        "ForwardedHeaders_Enabled", "HostBuilder", "Http_Ports", "Https_Ports", "Kestrel", "Logging", "PreferHostingUrls", "Serilog",
        "ShutdownTimeoutSeconds", "SuppressStatusMessages", "Urls", "WebRoot",
    };

    private readonly SettingNode _root = new();

    public KnownSettings(IEnumerable<SettingsSection> sections)
    {
        foreach (var section in sections)
        {
            _root.Add(section);
        }
    }

    /// <summary>A sentence for each unknown name; those of the chart are warnings.</summary>
    /// <param name="configuration">From all sources.</param>
    /// <param name="arguments">The command line, on which every name is meant for this program.</param>
    public (IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings) Judge(
        IConfiguration configuration, IEnumerable<(string Name, string? Value)> arguments)
    {
        var unknown = new List<string>();
        var incomplete = new List<string>();

        foreach (var (name, value) in arguments)
        {
            if (value is null && (IsKnown(name) || IsOfChart(name)))
            {
                incomplete.Add(SettingArguments.Incomplete(name));
            }
            else if (!IsKnown(name) && (value is null || _root.Find(Top(name)) is null))
            {
                unknown.Add(name);
            }
        }

        foreach (var section in configuration.GetChildren())
        {
            if (_root.Find(section.Key) is not { } known)
            {
                unknown.AddRange(Misspelled(section));
            }
            else if (section.Value is { Length: > 0 } && !IsFromEnvironment(configuration, section.Key))
            {
                unknown.Add(section.Key);
            }
            else
            {
                Walk(section, known, unknown);
            }
        }

        var sentences = unknown.Distinct(StringComparer.OrdinalIgnoreCase).ToLookup(IsOfChart, Sentence);
        return ([.. sentences[false], .. incomplete], [.. sentences[true]]);
    }

    private static void Walk(IConfigurationSection section, SettingNode known, List<string> unknown)
    {
        foreach (var child in section.GetChildren())
        {
            if (known.Find(child.Key) is not { } node)
            {
                unknown.Add(child.Path);
            }
            else if (!node.IsFree)
            {
                if (child.Value is { Length: > 0 } && !node.IsSetting)
                {
                    unknown.Add(child.Path);
                }

                Walk(child, node, unknown);
            }
        }
    }

    /// <summary>Settings in a section with a misspelled name. Other unknown sections are environment variables of other programs.</summary>
    private IEnumerable<string> Misspelled(IConfigurationSection section)
        => !Framework.Contains(section.Key) && DidYouMean.Nearest(section.Key, _root.Names) is { } near
            ? section.AsEnumerable()
                .Where(setting => setting.Value is not null && setting.Key.Contains(':', StringComparison.Ordinal))
                .Select(setting => setting.Key)
                .Where(name => Find(near + name[section.Key.Length..]) is { IsSetting: true })
            : [];

    private bool IsKnown(string name) => Framework.Contains(Top(name)) || Find(name) is { IsSetting: true } or { IsFree: true };

    private SettingNode? Find(string name) => name.Split(':').Aggregate(_root, (SettingNode? node, string part) => node?.Find(part));

    private string Sentence(string name)
    {
        var hint = Nearest(name) is { } near ? $"did you mean {near}?" : "docs/configuration.md has all of them.";
        return $"{SettingText.Shown(name)} is no setting; {hint}";
    }

    private string? Nearest(string name)
    {
        // With the separators of environment variables and of other programs.
        var plain = name.Replace("__", ":", StringComparison.Ordinal).Replace('.', ':').TrimStart('-', '/');
        var all = _root.Settings().ToArray();
        var last = plain[(plain.LastIndexOf(':') + 1)..];
        var section = plain[..^last.Length];
        var siblings = all.Where(s => section.Length > 0
            && s.StartsWith(section, StringComparison.OrdinalIgnoreCase)
            && s.LastIndexOf(':') == section.Length - 1);
        var sibling = DidYouMean.Nearest(last, siblings.Select(s => s[section.Length..]));

        return Array.Find(all, s => s.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(all, s => s.Equals(section + sibling, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(all, s => s.EndsWith($":{last}", StringComparison.OrdinalIgnoreCase))
            ?? DidYouMean.Nearest(plain, [.. all, .. Framework.Select(f => f.ToLowerInvariant())]);
    }

    private static bool IsOfChart(string name) => name.StartsWith(Chart, StringComparison.OrdinalIgnoreCase);

    private static string Top(string name) => name.Split(':')[0];

    /// <summary>A variable such as <c>DATABASE</c> belongs to another program; those of this one have two underscores.</summary>
    private static bool IsFromEnvironment(IConfiguration configuration, string key)
        => configuration is IConfigurationRoot root
            && root.Providers.LastOrDefault(p => p.TryGet(key, out _))
                is EnvironmentVariablesConfigurationProvider or ChainedConfigurationProvider;
}
