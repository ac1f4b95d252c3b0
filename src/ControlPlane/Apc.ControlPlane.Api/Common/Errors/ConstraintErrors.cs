using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>
/// The errors for changes that the database refuses because of a constraint. Use cases check first and throw their own errors, so this
/// happens to one of two concurrent changes.
/// </summary>
/// <param name="missing">Errors for a row that no longer exists, by its table.</param>
/// <param name="constraints">Errors for single constraints and unique indexes, by their names.</param>
public sealed class ConstraintErrors(
    IReadOnlyDictionary<string, Func<DomainException>> missing, IReadOnlyDictionary<string, Func<DomainException>> constraints)
{
    /// <summary>The error for callers; null if the exception has another cause than a constraint.</summary>
    public DomainException? Explain(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException { Entries: [var entry, ..] } => Missing(entry.Metadata.GetTableName()),
        DbUpdateConcurrencyException => new ChangedMeanwhileException(),
        DbUpdateException { InnerException: PostgresException refusal } => Explain(refusal),
        PostgresException refusal => Explain(refusal.SqlState, refusal.ConstraintName),
        _ => null,
    };

    /// <inheritdoc cref="Explain(Exception)"/>
    public DomainException? Explain(string state, string? constraint) => state switch
    {
        PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation
            => Known(constraint) ?? Missing(Referenced(constraint)),
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => Known(constraint) ?? new ChangedMeanwhileException(),
        PostgresErrorCodes.CheckViolation => Known(constraint) ?? new ConstraintBrokenException(),
        _ => null,
    };

    private DomainException? Known(string? constraint) => constraints.GetValueOrDefault(constraint ?? "")?.Invoke();

    private DomainException Missing(string? table) => missing.GetValueOrDefault(table ?? "")?.Invoke() ?? new ChangedMeanwhileException();

    /// <summary>The referenced table, by the name of a foreign key: <c>FK_Child_Parent_column</c>.</summary>
    private static string? Referenced(string? foreignKey) => foreignKey?.Split('_') is ["FK", _, var parent, ..] ? parent : null;
}

/// <summary>The same thing was changed concurrently.</summary>
public sealed class ChangedMeanwhileException()
    : DomainException("CHANGED_MEANWHILE", "The same thing was changed at the same moment. Look at what it is now, and try again.");

/// <summary>The values to be stored violate a check constraint.</summary>
public sealed class ConstraintBrokenException() : DomainException("BAD_USER_INPUT", "The arguments do not go together.");
