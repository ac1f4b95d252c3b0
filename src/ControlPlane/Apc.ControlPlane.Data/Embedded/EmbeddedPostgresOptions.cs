using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The private PostgreSQL server, which is started if no connection string is configured.</summary>
public sealed class EmbeddedPostgresOptions : IValidatableObject
{
    public const string Section = "Database:Embedded";

    /// <summary>Folder of the server's data, created if missing. <c>.data/postgres</c> under the working directory unless set.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Folder of the server programs <c>postgres</c> and <c>initdb</c>. Searched unless set.</summary>
    public string? BinDirectory { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => from setting in new[] { (Name: nameof(DataDirectory), Path: DataDirectory), (Name: nameof(BinDirectory), Path: BinDirectory) }
           where setting.Path is ['~', ..] || setting.Path?.Contains('$', StringComparison.Ordinal) is true
           select new ValidationResult(
               $"{Section}:{setting.Name} is '{setting.Path}'; allowed is a path as it is: no shell replaces ~ and $ in it.");
}

/// <summary>The options, with settings that operators cannot set.</summary>
internal sealed record EmbeddedPostgresSettings
{
    public string? DataDirectory { get; init; }

    public string? BinDirectory { get; init; }

    /// <summary>The data folder if none is configured.</summary>
    public string DefaultDirectory { get; init; } = ".data/postgres";

    /// <summary>The data folder if the account of the server cannot reach the default one.</summary>
    public string FallbackDirectory { get; init; } = "/var/lib/apc-control-plane";

    /// <summary>False trades the safety of the data for speed: only for data that is thrown away.</summary>
    public bool Durable { get; init; } = true;
}

/// <summary>The private server cannot run. The message tells the operator why and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
