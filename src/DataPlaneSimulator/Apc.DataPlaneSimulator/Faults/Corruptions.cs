using System.Text;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Faults;

/// <summary>Complete answers with a wrong body.</summary>
internal static class Corruptions
{
    public static Fault InvalidJson { get; } = new CorruptedFault("invalidJson", p => Concat("{,"u8, p.Span[1..]));

    public static Fault TruncatedText { get; } = new CorruptedFault("truncated:text", p => p[..(p.Length / 2)]);

    // The first value of each member is right, the last is wrong: a reader must not depend on which one it takes.
    public static Fault DuplicateMembers { get; } = new CorruptedFault(
        "duplicateMembers", p => Concat(p.Span[..^1], ""","healthStatus":"DUPLICATE","region":"duplicate"}"""u8));

    public static Fault WrongTypes { get; } = new CorruptedFault("wrongTypes", p => MetadataPayload.Replace(
        p,
        ("kubernetesVersion", "1.3"),
        ("baseDomain", "[]"),
        ("healthStatus", """["HEALTHY"]"""),
        ("cloudProvider", "7"),
        ("region", "{}"),
        ("dataplaneChartVersion", "true"),
        ("commander", "\"commander\""),
        ("mode", "null"),
        ("dataplaneUrl", "false"),
        ("dataplaneId", "42"),
        ("releaseName", "{}"),
        ("releaseNamespace", "[]"),
        ("dbType", "0"),
        ("namespacePools", "\"none\""),
        ("registry", "[3]"),
        ("namespaceLabels", "[]"),
        ("extraAnnotations", "1e400"),
        ("customLogging", "\"on\""),
        ("elasticsearch", "true"),
        ("externalSecretManager", "null"),
        ("openshift", "0")));

    public static Fault Html { get; } = new BodyFault(
        "html",
        "<!doctype html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n"u8.ToArray(),
        "text/html; charset=utf-8");

    public static Fault Empty { get; } = new BodyFault("empty", ReadOnlyMemory<byte>.Empty);

    public static Fault Utf16 { get; } = new CorruptedFault(
        "utf16", p => Concat([0xFF, 0xFE], Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(p.Span))), "application/json; charset=utf-16");

    public static Fault Bom { get; } = new CorruptedFault("bom", p => Concat([0xEF, 0xBB, 0xBF], p.Span));

    public static Fault Nul { get; } = new CorruptedFault("nul", p => MetadataPayload.Replace(p, ("region", """
        "us\u0000east"
        """)));

    public static Fault LoneSurrogate { get; } = new CorruptedFault("loneSurrogate", p => MetadataPayload.Replace(p, ("region", """
        "us\ud800east"
        """)));

    public static Fault DeepJson(string text, int levels) => new CorruptedFault(
        text,
        // The payload itself is the first level.
        p => MetadataPayload.Replace(p, ("namespacePools", new string('[', levels - 1) + new string(']', levels - 1))));

    private static byte[] Concat(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => [.. first, .. second];
}
