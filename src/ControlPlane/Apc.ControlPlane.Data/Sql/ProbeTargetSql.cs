namespace Apc.ControlPlane.Data.Sql;

/// <summary>
/// Statements that read which clusters are to be probed: id, metadata address, base domain, whether there is a data plane's address,
/// whether the last probe failed.
/// </summary>
public static class ProbeTargetSql
{
    /// <summary>A page of clusters after an id (<c>$1</c>), of this size (<c>$2</c>), by id.</summary>
    public const string All = $"{Select} WHERE c.id > $1 ORDER BY c.id LIMIT $2";

    /// <summary>The clusters of these ids (<c>$1</c>), as far as they exist.</summary>
    public const string ByIds = $"{Select} WHERE c.id = ANY($1)";

    /// <summary>
    /// A page of the clusters after an id (<c>$1</c>), of this size (<c>$2</c>), that a run (<c>$3</c>) has not handled yet, by id.
    /// </summary>
    public const string NotDone = $"{NotHandled} ORDER BY c.id LIMIT $2";

    /// <summary>A page of <see cref="NotDone"/>, of those alone whose last probe failed, or did not (<c>$4</c>).</summary>
    public const string NotDoneByState =
        $"""{NotHandled} AND (o."attemptedAt" IS DISTINCT FROM o."observedAt") = $4 ORDER BY c.id LIMIT $2""";

    private const string Select =
        $"""
        SELECT c.id, c."metadataUrl", c."baseDomain", coalesce(c."dataplaneUrl", '') <> '',
               o."attemptedAt" IS DISTINCT FROM o."observedAt"
        FROM {HoustonNames.Cluster} c LEFT JOIN {HoustonNames.ClusterObservation} o ON o."clusterId" = c.id
        """;

    // Once a run's result is stored the cluster carries the run's id: what a dead replica left is what does not.
    private const string NotHandled = $"""{Select} WHERE c.id > $1 AND o."runId" IS DISTINCT FROM $3""";
}
