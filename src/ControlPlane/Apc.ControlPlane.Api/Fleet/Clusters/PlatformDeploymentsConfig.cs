using System.Globalization;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The platform's own configuration of deployments, on which every cluster's is based. Empty unless set.</summary>
public sealed class PlatformDeploymentsConfig
{
    public const string Section = "Houston:Deployments";

    /// <param name="configuration">Numbers and truth values in it become such; a list is a section whose keys are 0, 1, 2 and so on.</param>
    public PlatformDeploymentsConfig(IConfiguration configuration)
        => Deployments = Read(configuration.GetSection(Section)) as JsonObject ?? [];

    /// <summary>Do not change it: the next cluster is based on it too.</summary>
    public JsonObject Deployments { get; }

    private static JsonNode? Read(IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();

        if (children.Length == 0)
        {
            return Scalar(section.Value);
        }

        return children.All(c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new JsonArray([.. children.OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).Select(Read)])
            : new JsonObject(children.Select(c => KeyValuePair.Create(c.Key, Read(c))));
    }

    private static JsonValue? Scalar(string? text) => text switch
    {
        null => null,
        _ when SettingText.TryReadBoolean(text, out var truth) => JsonValue.Create(truth),
        _ when !SettingText.IsNumber(text) => JsonValue.Create(text),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
