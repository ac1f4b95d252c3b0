using System.Text.Json;
using System.Text.Json.Nodes;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Merges a cluster's override of the deployments' configuration into its effective configuration.</summary>
public static class DeploymentsConfig
{
    /// <summary>Deepest nesting of an override.</summary>
    public const int MaxDepth = 32;

    /// <summary>Longest override, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;

    private const string Wrapper = "deployments";

    /// <summary>Checks an override.</summary>
    /// <exception cref="InvalidConfigOverrideException">It is no object, too large, or wrapped in <c>deployments</c>.</exception>
    public static void Check(JsonElement configOverride)
    {
        if (configOverride.ValueKind is not JsonValueKind.Object)
        {
            throw new InvalidConfigOverrideException(
                $"deploymentsConfigOverride must be a JSON object, but is {JsonLimits.NameOf(configOverride.ValueKind)}.");
        }

        JsonLimits.Check("deploymentsConfigOverride", configOverride, MaxBytes, MaxDepth, text => new InvalidConfigOverrideException(text));

        if (configOverride.TryGetProperty(Wrapper, out var inner) && inner.ValueKind is JsonValueKind.Object)
        {
            throw new InvalidConfigOverrideException(
                "deploymentsConfigOverride must not be wrapped in a member 'deployments': send what stands inside it.");
        }
    }

    /// <summary>
    /// The effective <c>config.deployments</c>: objects merge deeply, scalars and lists replace; null removes a member that was added, or
    /// restores the platform's value.
    /// </summary>
    /// <param name="effective">The present configuration.</param>
    /// <param name="configOverride">The override that was sent.</param>
    /// <param name="platform">The platform's values.</param>
    public static JsonObject Merge(JsonObject effective, JsonObject configOverride, JsonObject platform)
    {
        var merged = (JsonObject)effective.DeepClone();

        foreach (var (name, value) in configOverride)
        {
            platform.TryGetPropertyValue(name, out var platformValue);

            switch (value)
            {
                case null when platformValue is null:
                    merged.Remove(name);
                    break;
                case null:
                    merged[name] = platformValue.DeepClone();
                    break;
                case JsonObject changes:
                    merged[name] = Merge(merged[name] as JsonObject ?? [], changes, platformValue as JsonObject ?? []);
                    break;
                default:
                    merged[name] = value.DeepClone();
                    break;
            }
        }

        return merged;
    }

    /// <summary>A configuration as it is stored and shown: under the member <c>deployments</c>, JSON in UTF-8.</summary>
    public static byte[] Wrap(JsonNode deployments)
        => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { [Wrapper] = deployments.DeepClone() });

    /// <summary>An override as it is stored: exactly the bytes that were sent, under the member <c>deployments</c>.</summary>
    public static byte[] Wrap(JsonElement configOverride)
        => [.. "{\"deployments\":"u8, .. System.Text.Encoding.UTF8.GetBytes(configOverride.GetRawText()), (byte)'}'];

    /// <summary>The member <c>deployments</c> of a stored configuration; empty if there is none.</summary>
    public static JsonObject Unwrap(byte[]? stored)
        => stored is null ? [] : (JsonNode.Parse(stored) as JsonObject)?[Wrapper]?.DeepClone() as JsonObject ?? [];
}

/// <summary>An override of the deployments' configuration that cannot be used.</summary>
public sealed class InvalidConfigOverrideException(string message) : DomainException("INVALID_CONFIG_OVERRIDE", message);
