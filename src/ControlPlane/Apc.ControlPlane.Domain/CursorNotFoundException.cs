namespace Apc.ControlPlane.Domain;

/// <summary>The page was to start after something that is not there, or that the caller may not see.</summary>
/// <param name="entity">What is listed, in the words of people: <c>service account</c>.</param>
/// <param name="cursor">The id that was given.</param>
public sealed class CursorNotFoundException(string entity, string cursor)
    : DomainException("CURSOR_NOT_FOUND", $"There is no {entity} with the id '{cursor}' to start after. Start again without a cursor.");
