namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The private PostgreSQL server that is started where no connection string is configured.</summary>
public sealed class EmbeddedPostgresOptions
{
    public const string Section = "Database:Embedded";

    /// <summary>Folder of the server's data, made when missing. <c>.data/postgres</c> under the working directory unless set.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Folder of the server programs <c>postgres</c> and <c>initdb</c>. Looked for unless set.</summary>
    public string? BinDirectory { get; init; }
}
