namespace Apc.Benchmarks.Read;

/// <summary>One request of the read benchmark: what ours is sent, and what is wanted of it (docs/performance.md).</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Path">The path of the bare endpoint that answers with the same.</param>
/// <param name="Query">The document; <c>{id}</c> stands for an id written into it.</param>
/// <param name="Target">Requests per second in relation to the bare endpoint's that ours must reach.</param>
internal sealed record ReadCase(string Name, string Path, string Query, double Target)
{
    private const string ListFields = "id name status statusReason healthStatus k8sVersion cloudProvider region createdAt updatedAt";

    private const string OneFields =
        "id name status statusReason healthStatus k8sVersion cloudProvider region dpChartVersion commanderVersion config configOverride createdAt updatedAt";

    /// <summary>Whether the request carries an id, in its variables or in its text.</summary>
    public bool HasId => Query.Contains("$id", StringComparison.Ordinal) || HasLiteralId;

    /// <summary>Whether the id stands in the document, so that every document is a new one.</summary>
    public bool HasLiteralId => Query.Contains("{id}", StringComparison.Ordinal);

    public static readonly ReadCase[] All =
    [
        new("Q1 { __typename }", "/q1", "{ __typename }", 0.85),
        new("Q2 cluster(id), 14 fields", "/q2", $"query($id: Uuid!) {{ cluster(id: $id) {{ {OneFields} }} }}", 0.90),
        new("Q2L the same, a new document each time", "/q2", $"{{ cluster(id: \"{{id}}\") {{ {OneFields} }} }}", 0.70),
        new("Q3 page of 50 and count", "/q3", $"{{ paginatedClusters(take: 50, status: ACTIVE) {{ clusters {{ {ListFields} }} count }} }}", 1.0),
        new(
            "Q4 filtered page of 25 and count",
            "/q4",
            $"{{ paginatedClusters(status: INACTIVE, cloudProvider: \"aws\", region: \"us-east-1\", take: 25) {{ clusters {{ {ListFields} }} count }} }}",
            1.1),
        new("Q5 page of 50 after a deep cursor", "/q5", $"query($id: Uuid!) {{ paginatedClusters(take: 50, cursor: $id) {{ clusters {{ {ListFields} }} }} }}", 1.2),
    ];
}
