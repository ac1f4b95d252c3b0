using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Paging;

/// <summary>Reads the arguments that lists have in common, refusing what does not go together.</summary>
internal static class PageArguments
{
    /// <summary>Rows on a page where nothing is said.</summary>
    public const int DefaultTake = 25;

    /// <summary>Most rows on a page.</summary>
    public const int MaxTake = 100;

    /// <summary>Rows on a page: -1 asks for as many as there may be.</summary>
    /// <exception cref="InvalidPageException">The number is out of range.</exception>
    public static int Take(int? take) => take switch
    {
        null => DefaultTake,
        -1 => MaxTake,
        >= 1 and <= MaxTake => take.Value,
        _ => throw new InvalidPageException(
            $"take is {take}, but must be 1 to {MaxTake}, or -1 for as many as one page may have ({MaxTake})."),
    };

    /// <exception cref="InvalidPageException">The number is negative, or given beside a cursor.</exception>
    public static int PageNumber(int? pageNumber, Uuid? cursor) => pageNumber switch
    {
        null => 0,
        < 0 => throw new InvalidPageException($"pageNumber is {pageNumber}, but the first page is 0."),
        not null when cursor is { IsAbsent: false } => throw new InvalidPageException("Give either cursor or pageNumber, not both."),
        _ => pageNumber.Value,
    };

    /// <summary>The row that a page starts after; null where none is named.</summary>
    /// <param name="cursor">The argument.</param>
    /// <param name="entity">What is listed, in the words of people.</param>
    /// <exception cref="CursorNotFoundException">The text is no id of ours.</exception>
    public static Guid? Cursor(Uuid? cursor, string entity)
        => cursor is not { IsAbsent: false } given ? null : given.Id ?? throw new CursorNotFoundException(entity, given.ToString());

    /// <summary>An id to filter by; a text that is no id of ours is one that nothing has.</summary>
    public static Guid? Id(Uuid? id) => id is not { IsAbsent: false } given ? null : given.Id ?? Guid.Empty;

    /// <summary>A text to filter by; an empty one asks for nothing.</summary>
    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
