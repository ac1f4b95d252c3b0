using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Errors;

/// <summary>One error of a response.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Errors</remarks>
public sealed record GraphQLError(string Message)
{
    /// <summary>
    /// The nodes at fault. Code that reports the error turns them into <see cref="Locations"/> with <see cref="LocatedIn"/>.
    /// </summary>
    public IReadOnlyList<SyntaxNode> Nodes { get; init; } = [];

    /// <summary>Places in the document; empty if the error belongs to no place.</summary>
    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>Response names (string) and list indices (int) from the root; null for an error of the request.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary><c>extensions.code</c>; null if there is none.</summary>
    public string? Code { get; init; }

    /// <summary>Further members of <c>extensions</c>, each a string, number or boolean; null if there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>The number of characters at the end of <see cref="Message"/> that suggest names of the schema.</summary>
    internal int SuggestionLength { get; init; }

    /// <summary>The message without suggested names.</summary>
    internal string PlainMessage => Message[..^SuggestionLength];

    /// <summary>The exception behind the error, for filters and logs; never written to the response.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The same error with the locations of its nodes in this source.</summary>
    public GraphQLError LocatedIn(Source source)
        => Nodes.Count == 0 ? this : this with { Locations = [.. Nodes.Select(n => source.LocationOf(n.Location.Start))] };

    /// <summary>The same error with a message of at most <see cref="LongText.MaxMessage"/> characters.</summary>
    internal GraphQLError Shortened()
    {
        var message = LongText.Shorten(Message);
        return this with { Message = message, SuggestionLength = Math.Max(0, message.Length - (Message.Length - SuggestionLength)) };
    }

    /// <summary>The error of a text that could not be parsed.</summary>
    public static GraphQLError From(SyntaxErrorException exception)
        => new(LongText.Shorten(exception.Message)) { Locations = [exception.Location], Code = ErrorCodes.ParseFailed };

    /// <summary>
    /// The error of a text that is larger than the parser may read. The message names no option if <paramref name="names"/> is null.
    /// </summary>
    public static GraphQLError From(DocumentLimitException exception, OptionNames? names = null)
        => new($"{exception.Finding}{names?.Mention(exception.Limit)}.")
        {
            Locations = [exception.Location],
            Code = ErrorCodes.LimitExceeded,
        };
}
