using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Paging;

/// <summary>An argument of a list is out of range, or contradicts another.</summary>
public sealed class InvalidPageException(string message) : DomainException("BAD_USER_INPUT", message);

/// <summary>Reads and checks the arguments that lists have in common.</summary>
internal static class PageArguments
{
    public const int DefaultTake = 25;

    public const int MaxTake = 100;

    /// <summary>Rows on a page: <see cref="DefaultTake"/> for null, <see cref="MaxTake"/> for -1.</summary>
    /// <exception cref="InvalidPageException">The number is out of range.</exception>
    public static int Take(int? take) => take switch
    {
        null => DefaultTake,
        -1 => MaxTake,
        >= 1 and <= MaxTake => take.Value,
        _ => throw new InvalidPageException(
            $"take is {take}, but must be 1 to {MaxTake}, or -1 for as many as one page may have ({MaxTake})."),
    };

    /// <exception cref="InvalidPageException">The number is negative, or a cursor is given too.</exception>
    public static int PageNumber(int? pageNumber, Uuid? cursor) => pageNumber switch
    {
        null => 0,
        < 0 => throw new InvalidPageException($"pageNumber is {pageNumber}, but the first page is 0."),
        not null when cursor is { IsAbsent: false } => throw new InvalidPageException("Give either cursor or pageNumber, not both."),
        _ => pageNumber.Value,
    };

    /// <summary>The row that a page starts after; null for the first page.</summary>
    /// <param name="entity">What is listed, for the error message.</param>
    /// <exception cref="CursorNotFoundException">The text is no valid id.</exception>
    public static Guid? Cursor(Uuid? cursor, string entity)
        => cursor is not { IsAbsent: false } given ? null : given.Id ?? throw new CursorNotFoundException(entity, given.ToString());

    /// <summary>An id to filter by; null for no filter. A text that is no valid id becomes the empty id, which matches nothing.</summary>
    public static Guid? Id(Uuid? id) => id is not { IsAbsent: false } given ? null : given.Id ?? Guid.Empty;

    /// <summary>A text to filter by; null for no filter.</summary>
    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
