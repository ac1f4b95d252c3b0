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
/// Finds out after a failure whether an argument contains characters that neither the database nor a reader of JSON accepts: U+0000, or
/// half of a surrogate pair. Checked only after a failure, so that valid texts are not read twice; names and labels are validated before,
/// with errors of their own.
/// </summary>
internal static class UnstorableText
{
    private const int MaxDepth = 16;

    /// <summary>The error for callers; null if the failure has another cause.</summary>
    /// <param name="field">The field that failed; null if it is not known.</param>
    public static DomainException? Explain(Exception exception, ResolverContext? field)
    {
        for (var i = 0; i < field?.Arguments.Length; i++)
        {
            if (IsIn(field.Arguments[i], depth: 0))
            {
                return new TextUnstorableException(field.Field.Arguments[i].Name);
            }
        }

        var refusal = exception as PostgresException ?? (exception as DbUpdateException)?.InnerException as PostgresException;
        return refusal?.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter
            ? new TextUnstorableException("A text")
            : null;
    }

    private static bool IsIn(object? value, int depth) => depth < MaxDepth && value switch
    {
        null => false,
        string text => IsIn(text),
        Uuid id => id.Text is { } text && IsIn(text),
        JsonElement json => IsIn(json),
        IEnumerable elements => elements.Cast<object?>().Any(element => IsIn(element, depth + 1)),

        // Input objects, and wrappers of arguments that may be absent.
        _ when value.GetType().Assembly.GetName().Name!.StartsWith("Apc.", StringComparison.Ordinal) && value is not Enum
            => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
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
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);

            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !isPair))
            {
                return true;
            }

            i += isPair ? 1 : 0;
        }

        return false;
    }
}

/// <summary>An argument has a character that the database does not accept.</summary>
public sealed class TextUnstorableException(string what)
    : DomainException("BAD_USER_INPUT", $"{what} holds U+0000 or half of a surrogate pair, which no text can have here.");
