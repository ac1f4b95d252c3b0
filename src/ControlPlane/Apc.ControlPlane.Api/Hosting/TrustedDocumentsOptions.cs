using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>GraphQL documents that are known from the start, which clients name by the SHA-256 of their text.</summary>
public sealed class TrustedDocumentsOptions : IValidatableObject
{
    public const string Section = "GraphQL:TrustedDocuments";

    /// <summary>A folder with a document in each file <c>*.graphql</c> or <c>*.gql</c>, read once at start, folders inside it too. None unless set.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether only the documents of the <see cref="Folder"/> are executed. Off unless set.</summary>
    public bool Only { get; init; }

    /// <summary>Whether documents that do not fit the schema are left out with a warning, instead of stopping the start. Off unless set.</summary>
    public bool AllowInvalid { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Only && string.IsNullOrEmpty(Folder))
        {
            yield return new ValidationResult($"{Section}:{nameof(Only)} is set, but {Section}:{nameof(Folder)} is not: no request could be answered.");
        }
    }
}
