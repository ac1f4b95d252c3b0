using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Data;

/// <summary>How the database is used, configured or private.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The name of the connection string.</summary>
    public const string ConnectionStringName = "ControlPlane";

    /// <summary>Most connections that share the reads of all requests. 1 to 100; 8 unless set.</summary>
    [Range(1, 100)]
    public int ReadConnections { get; init; } = 8;

    /// <summary>Most connections for changes, jobs and the scheduler. 4 to 200; 24 unless set.</summary>
    [Range(4, 200)]
    public int WriteConnections { get; init; } = 24;

    /// <summary>Time allowed for one statement of a read; the database enforces it. 1 second to 5 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time allowed for one statement of a change. 1 second to 10 minutes; 30 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time allowed to reach the database. 1 second to 1 minute; 5 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
