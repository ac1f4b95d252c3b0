namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The options with what no operator sets.</summary>
internal sealed record EmbeddedPostgresSettings
{
    public string? DataDirectory { get; init; }

    public string? BinDirectory { get; init; }

    /// <summary>The data folder unless one is configured.</summary>
    public string DefaultDirectory { get; init; } = ".data/postgres";

    /// <summary>The data folder where the account of the server cannot reach the default one.</summary>
    public string FallbackDirectory { get; init; } = "/var/lib/apc-control-plane";

    /// <summary>False trades the safety of the data for speed: only for data that nobody keeps.</summary>
    public bool Durable { get; init; } = true;
}
