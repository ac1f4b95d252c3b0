using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A media type that a response may have.</summary>
internal sealed record MediaType(string Name, bool IsLegacy)
{
    /// <summary>The specification's own type: the status says whether the request could be executed.</summary>
    public static readonly MediaType GraphQLResponse = new("application/graphql-response+json", IsLegacy: false);

    /// <summary>What clients have always asked for; also the answer where nothing is asked for.</summary>
    public static readonly MediaType Json = new("application/json", IsLegacy: true);

    /// <summary>Responses one after the other, as server-sent events. Only for a client that names it: no range stands for it.</summary>
    public static readonly MediaType EventStream = new("text/event-stream", IsLegacy: false);

    /// <summary>The value of the response's header.</summary>
    public string ContentType { get; } = $"{Name}; charset=utf-8";

    /// <summary>The type that the client likes best; null where it accepts none of ours. Of those that it likes alike, plain JSON, and an event stream last.</summary>
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

    /// <summary>Whether an event stream will do, even if something else is liked better.</summary>
    public static bool AcceptsEventStream(StringValues accept)
        => MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges) && QualityOf(EventStream, ranges) > 0;

    /// <summary>The quality that the most specific matching range gives the type; 0 where none matches.</summary>
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
