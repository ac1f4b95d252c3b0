using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The private PostgreSQL server that is started where no connection string is configured.</summary>
public sealed class EmbeddedPostgresOptions : IValidatableObject
{
    public const string Section = "Database:Embedded";

    /// <summary>Folder of the server's data, made when missing. <c>.data/postgres</c> under the working directory unless set.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Folder of the server programs <c>postgres</c> and <c>initdb</c>. Looked for unless set.</summary>
    public string? BinDirectory { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => from setting in new[] { (Name: nameof(DataDirectory), Path: DataDirectory), (Name: nameof(BinDirectory), Path: BinDirectory) }
           where setting.Path is ['~', ..] || setting.Path?.Contains('$', StringComparison.Ordinal) is true
           select new ValidationResult($"{Section}:{setting.Name} is '{setting.Path}'; allowed is a path as it is: no shell replaces ~ and $ in it.");
}
