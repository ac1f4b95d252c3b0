using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>
/// What callers are told where the database refuses a change because somebody else changed the same thing at that moment: use cases look first and name what
/// is wrong; of two at once one comes here.
/// </summary>
/// <param name="missing">What is told of a row that is not there any more, by its table.</param>
/// <param name="constraints">What is told of single constraints and unique indexes, by their names.</param>
public sealed class ConstraintErrors(
    IReadOnlyDictionary<string, Func<DomainException>> missing, IReadOnlyDictionary<string, Func<DomainException>> constraints)
{
    private const string ForeignKeyPrefix = "FK";

    /// <summary>The refusal that the exception means; null where it is none by a constraint.</summary>
    public DomainException? Explain(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException { Entries: [var entry, ..] } => Missing(entry.Metadata.GetTableName()),
        DbUpdateConcurrencyException => new ChangedMeanwhileException(),
        DbUpdateException { InnerException: PostgresException refusal } => Explain(refusal),
        PostgresException refusal => Explain(refusal.SqlState, refusal.ConstraintName),
        _ => null,
    };

    /// <summary>The refusal that this state with this constraint means; null where it is none by a constraint.</summary>
    public DomainException? Explain(string state, string? constraint) => state switch
    {
        PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation => Known(constraint) ?? Missing(Referenced(constraint)),
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => Known(constraint) ?? new ChangedMeanwhileException(),
        PostgresErrorCodes.CheckViolation => Known(constraint) ?? new ConstraintBrokenException(),
        _ => null,
    };

    private DomainException? Known(string? constraint) => constraint is not null && constraints.TryGetValue(constraint, out var error) ? error() : null;

    private DomainException Missing(string? table) => table is not null && missing.TryGetValue(table, out var error) ? error() : new ChangedMeanwhileException();

    /// <summary>The table to which a foreign key leads, by its name: <c>FK_Child_Parent_column</c>.</summary>
    private static string? Referenced(string? foreignKey) => foreignKey?.Split('_') is [ForeignKeyPrefix, _, var parent, ..] ? parent : null;
}

/// <summary>Somebody else changed the same thing at the same moment.</summary>
public sealed class ChangedMeanwhileException()
    : DomainException("CHANGED_MEANWHILE", "The same thing was changed at the same moment. Look at what it is now, and try again.");

/// <summary>What was to be stored does not go together.</summary>
public sealed class ConstraintBrokenException() : DomainException("BAD_USER_INPUT", "The arguments do not go together.");
