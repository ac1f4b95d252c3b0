using System.Globalization;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The platform's configuration of deployments, on which that of every cluster is based. Empty unless set.</summary>
public sealed class PlatformDeploymentsConfig
{
    public const string Section = "Houston:Deployments";

    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <param name="configuration">
    /// Numbers and booleans become such in JSON; a section with the keys 0, 1, 2 and so on becomes a list.
    /// </param>
    public PlatformDeploymentsConfig(IConfiguration configuration)
        => Deployments = Read(configuration.GetSection(Section)) as JsonObject ?? [];

    /// <summary>Must not be changed, because all clusters share it.</summary>
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
        _ when decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
