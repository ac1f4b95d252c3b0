using System.Collections;
using System.Reflection;
using System.Text.Json;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types.Resolvers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>
/// Finds out, once something has failed, whether it did because an argument holds what neither the database nor a reader of JSON can: U+0000, or half of a
/// surrogate pair. Names and labels are refused for it with codes of their own; a text that is only searched for need not be read twice for that.
/// </summary>
internal static class UnstorableText
{
    private const int MaxDepth = 16;

    /// <summary>The refusal; null where no argument is to blame.</summary>
    /// <param name="exception">What failed.</param>
    /// <param name="field">The field that failed; null where none is known.</param>
    public static DomainException? Explain(Exception exception, ResolverContext? field)
    {
        for (var i = 0; i < field?.Arguments.Length; i++)
        {
            if (IsIn(field.Arguments[i], depth: 0))
            {
                return new TextUnstorableException(field.Field.Arguments[i].Name);
            }
        }

        return RefusalOf(exception) is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter
            ? new TextUnstorableException("A text")
            : null;
    }

    private static string? RefusalOf(Exception exception)
        => (exception as PostgresException ?? (exception as DbUpdateException)?.InnerException as PostgresException)?.SqlState;

    private static bool IsIn(object? value, int depth) => depth < MaxDepth && value switch
    {
        null => false,
        string text => IsIn(text),
        Uuid id => id.Text is { } text && IsIn(text),
        JsonElement json => IsIn(json),
        IEnumerable elements => elements.Cast<object?>().Any(element => IsIn(element, depth + 1)),

        // Input objects, and what may be absent.
        _ when value.GetType().Assembly.GetName().Name!.StartsWith("Apc.", StringComparison.Ordinal) && value is not Enum => value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Any(property => property.GetIndexParameters().Length == 0 && IsIn(property.GetValue(value), depth + 1)),
        _ => false,
    };

    private static bool IsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => IsIn(JsonStrings.TextOf(json)),
        JsonValueKind.Array => json.EnumerateArray().Any(IsIn),
        JsonValueKind.Object => json.EnumerateObject().Any(member => IsIn(JsonStrings.NameOf(member)) || IsIn(member.Value)),
        _ => false,
    };

    private static bool IsIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                return true;
            }

            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}

/// <summary>An argument holds a character that no database can.</summary>
/// <param name="what">The argument.</param>
public sealed class TextUnstorableException(string what)
    : DomainException("BAD_USER_INPUT", $"{what} holds U+0000 or half of a surrogate pair, which no text can have here.");
