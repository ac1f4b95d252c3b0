using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A media type of responses.</summary>
internal sealed record MediaType(string Name, bool IsLegacy)
{
    /// <summary>The type of the specification: the status tells whether the request was executed.</summary>
    public static readonly MediaType GraphQLResponse = new("application/graphql-response+json", IsLegacy: false);

    /// <summary>The type of older clients, and the default for a request without the header <c>Accept</c>.</summary>
    public static readonly MediaType Json = new("application/json", IsLegacy: true);

    /// <summary>
    /// Server-sent events, one for each response. Only for a client that names this type: ranges such as <c>*/*</c> do not match it.
    /// </summary>
    public static readonly MediaType EventStream = new("text/event-stream", IsLegacy: false);

    /// <summary>The value of the header <c>Content-Type</c>.</summary>
    public string ContentType { get; } = $"{Name}; charset=utf-8";

    /// <summary>
    /// The type with the highest quality in the header; null if the client accepts none of them. Of equal ones <see cref="Json"/> is first
    /// and <see cref="EventStream"/> last.
    /// </summary>
    /// <remarks>https://graphql.github.io/graphql-over-http/draft/#sec-Accept and RFC 9110 section 12.5.1</remarks>
    public static MediaType? Choose(StringValues accept)
    {
        if (accept.Count == 0 || accept is [null or "" or "*/*" or "application/json"])
        {
            return Json;
        }

        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges))
        {
            return null;
        }

        var json = QualityOf(Json, ranges);
        var graphQL = QualityOf(GraphQLResponse, ranges);
        var eventStream = QualityOf(EventStream, ranges);
        return (json, graphQL, eventStream) switch
        {
            (0, 0, 0) => null,
            _ when eventStream > Math.Max(json, graphQL) => EventStream,
            _ when graphQL > json => GraphQLResponse,
            _ => Json,
        };
    }

    /// <summary>Whether the client accepts an event stream, with any quality.</summary>
    public static bool AcceptsEventStream(StringValues accept)
        => MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges) && QualityOf(EventStream, ranges) > 0;

    /// <summary>The quality that the most specific matching range gives the type; 0 if none matches.</summary>
    private static double QualityOf(MediaType type, IList<MediaTypeHeaderValue> ranges)
    {
        var best = (Specificity: -1, Quality: 0.0);

        foreach (var range in ranges)
        {
            var specificity = SpecificityOf(range, type);

            if (specificity > best.Specificity && AcceptsUtf8(range))
            {
                best = (specificity, range.Quality ?? 1);
            }
        }

        return best.Quality;
    }

    private static int SpecificityOf(MediaTypeHeaderValue range, MediaType type) => range switch
    {
        _ when range.MediaType.Equals(type.Name, StringComparison.OrdinalIgnoreCase) => 2,
        _ when type == EventStream => -1,
        { MatchesAllTypes: true } => 0,
        { MatchesAllSubTypes: true } when range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) => 1,
        _ => -1,
    };

    private static bool AcceptsUtf8(MediaTypeHeaderValue range)
        => !range.Charset.HasValue || range.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
