using System.Globalization;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A request that is refused before execution: the status and the error of its response.</summary>
internal sealed record RequestProblem(int Status, string Code, string Message)
{
    /// <summary>The value of <c>Allow</c> for status 405.</summary>
    public string? Allow { get; init; }

    /// <summary>The value of <c>Accept-Encoding</c> if the coding of the body is not supported.</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>The value of <c>Upgrade</c> for status 426.</summary>
    public string? Upgrade { get; init; }

    /// <summary>The value of <c>Retry-After</c>, in seconds, if a later request may succeed.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether the connection is closed after the response.</summary>
    public bool Closes { get; init; }

    public static RequestProblem BadRequest(string message) => new(StatusCodes.Status400BadRequest, "BAD_REQUEST", message);

    public static RequestProblem TooLarge(GraphQLServerOptions options) => new(
        StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.LimitExceeded,
        $"The body is larger than {options.MaxBodyBytes} bytes{options.Mention(nameof(options.MaxBodyBytes))}.");

    /// <remarks>RFC 9110 section 15.5.9: the connection cannot be used again, since the rest of the body is not read.</remarks>
    public static RequestProblem TooSlow(GraphQLServerOptions options) => new(
        StatusCodes.Status408RequestTimeout,
        "REQUEST_TIMEOUT",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The body did not arrive within {options.BodyTimeout.TotalSeconds} seconds{options.Mention(nameof(options.BodyTimeout))}."))
    {
        Closes = true,
    };

    public static RequestProblem UnsupportedContent(string? contentType) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "UNSUPPORTED_MEDIA_TYPE",
        string.IsNullOrEmpty(contentType)
            ? "The content type is missing: send application/json in UTF-8."
            : $"The content type '{contentType}' is not accepted: send application/json in UTF-8.");

    /// <remarks>RFC 9110 section 15.5.16: <c>Accept-Encoding</c> tells the client that the coding is not supported, not the type.</remarks>
    public static RequestProblem UnsupportedCoding(string coding) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "UNSUPPORTED_MEDIA_TYPE",
        $"The content coding '{coding}' is not accepted: send the body as it is.")
    {
        AcceptEncoding = "identity",
    };

    public static readonly RequestProblem NotAcceptable = new(
        StatusCodes.Status406NotAcceptable,
        "NOT_ACCEPTABLE",
        "None of the types in Accept can be sent: "
        + $"use {MediaType.GraphQLResponse.Name}, {MediaType.Json.Name} or {MediaType.EventStream.Name}.");

    public static readonly RequestProblem MethodNotAllowed = new(
        StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "Send GraphQL requests by POST, or queries by GET.")
    { Allow = "GET, HEAD, POST" };

    public static readonly RequestProblem PageMethodNotAllowed = new(
        StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "This is a page: read it by GET.")
    { Allow = "GET, HEAD" };

    public static readonly RequestProblem SideEffectsRefused = new(
        StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "What changes something is sent by POST.")
    { Allow = "POST" };

    public static readonly RequestProblem SubscriptionRefused = new(
        StatusCodes.Status400BadRequest,
        ErrorCodes.BadUserInput,
        $"A subscription has more than one answer: accept {MediaType.EventStream.Name}, or use a WebSocket.");

    public static RequestProblem TooManyConnections(GraphQLServerOptions options) => new(
        StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.LimitExceeded,
        $"Too many subscribers are connected{options.Mention(nameof(options.MaxConnections))}. Try again later.")
    { RetryAfter = "10" };

    public static RequestProblem TooManyAnonymousConnections(GraphQLServerOptions options) => new(
        StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.LimitExceeded,
        $"Too many subscribers without a token are connected{options.Mention(nameof(options.MaxAnonymousConnections))}. "
        + "Sign in, or try again later.")
    {
        RetryAfter = "10",
    };

    public static RequestProblem TooManyConnectionsOfAddress(GraphQLServerOptions options) => new(
        StatusCodes.Status429TooManyRequests,
        ErrorCodes.LimitExceeded,
        "Too many subscribers without a token are connected from this address"
            + $"{options.Mention(nameof(options.MaxAnonymousConnectionsPerAddress))}. Sign in, or try again later.")
    {
        RetryAfter = "10",
    };

    public static readonly RequestProblem UpgradeRequired = new(
        StatusCodes.Status426UpgradeRequired,
        "UPGRADE_REQUIRED",
        "Only WebSockets are served here: use graphql-transport-ws or graphql-ws.")
    {
        Upgrade = "websocket",
    };

    /// <summary>Writes the problem as a GraphQL response.</summary>
    public async Task WriteAsync(HttpResponse response, MediaType mediaType)
    {
        using var writer = new JsonWriter(512);
        writer.WriteRaw("{\"errors\":[{\"message\":"u8);
        writer.WriteString(Message);
        writer.WriteRaw(",\"extensions\":{\"code\":"u8);
        writer.WriteString(Code);
        writer.WriteRaw("}}]}"u8);

        response.StatusCode = Status;
        response.ContentType = (mediaType == MediaType.EventStream ? MediaType.Json : mediaType).ContentType;
        response.ContentLength = writer.Position;
        response.Headers.Allow = Allow;
        response.Headers.AcceptEncoding = AcceptEncoding;
        response.Headers.Upgrade = Upgrade;
        response.Headers.RetryAfter = RetryAfter;

        // RFC 9113 section 8.2.2: later HTTP versions do not have this header.
        if (Closes && HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        await response.BodyWriter.WriteAsync(writer.WrittenMemory, response.HttpContext.RequestAborted);
    }
}
