using System.Globalization;
using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Hosting.Demo;

/// <summary>What the demo prints: the addresses, the clusters, and three requests to paste.</summary>
internal static class DemoReport
{
    public static string Write(Uri address, string token, IReadOnlyList<ClusterRow> clusters)
    {
        var text = new StringBuilder();
        var endpoint = new Uri(address, "/v1").AbsoluteUri;
        var shown = clusters.FirstOrDefault(c => c.Status is ClusterStatus.Inactive) ?? clusters[0];

        text.AppendLine().AppendLine("The control plane is running. Ctrl+C ends it.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  Playground   {new Uri(address, "/playground").AbsoluteUri}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  GraphQL      {endpoint}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  Admin token  {token}   (24 hours)").AppendLine();
        AppendTable(text, clusters);
        text.AppendLine().AppendLine("Try, each line as it stands:").AppendLine();
        AppendCurl(text, endpoint, token, "{ paginatedClusters(status: INACTIVE) { clusters { name status statusReason } count } }");
        AppendCurl(
            text,
            endpoint,
            token,
            $$"""{ cluster(id: "{{shown.Id}}") { name status healthStatus """
                + "statusHistory(take: 2) { transitions { from to cause at } } } }");
        AppendCurl(text, endpoint, token, "{ reconcileClusterMetadataJob { successfulClusterIds failedClusterIds skippedClusterIds } }");
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<ClusterRow> clusters)
    {
        string[] head = ["CLUSTER", "PROVIDER", "REGION", "STATUS", "REASON"];
        string[][] rows = [head, .. clusters.Select(Cells)];
        var widths = Enumerable.Range(0, head.Length).Select(i => rows.Max(r => r[i].Length)).ToArray();

        foreach (var row in rows)
        {
            text.Append("  ").AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    private static string[] Cells(ClusterRow c)
        => [c.Name, c.CloudProvider ?? "", c.Region ?? "", EnumTexts.Of(c.Status), MessageOf(c.StatusReason)];

    /// <summary>The first sentence of the message, which says what happened.</summary>
    private static string MessageOf(byte[]? reason)
    {
        using var json = JsonDocument.Parse(reason ?? "{}"u8.ToArray());
        return json.RootElement.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String
            ? message.GetString()!.Split(". ")[0].TrimEnd('.') + "."
            : "";
    }

    private static void AppendCurl(StringBuilder text, string endpoint, string token, string query)
    {
        var body = $$"""{"query":"{{query.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""";
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"curl -s {endpoint} -H 'Authorization: {token}' -H 'Content-Type: application/json' -d '{body}'").AppendLine();
    }
}
