using System.Net.WebSockets;
using System.Text;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The reason why a WebSocket is closed: the code, and a text for users.</summary>
/// <remarks>
/// RFC 6455 section 7.4; codes from 4400 on: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. The legacy protocol defines
/// no codes, and its clients treat all codes alike.
/// </remarks>
internal readonly record struct CloseReason(int Code, string Text)
{
    // A close frame holds 125 bytes, two of which are the code.
    private const int MaxTextBytes = 123;

    public static readonly CloseReason Normal = new((int)WebSocketCloseStatus.NormalClosure, "");

    /// <summary>The application stops; clients connect again.</summary>
    public static readonly CloseReason GoingAway = new((int)WebSocketCloseStatus.EndpointUnavailable, "Going away");

    public static readonly CloseReason TryAgainLater = new(1013, "Try again later");

    public static readonly CloseReason MessageTimeout = new(
        (int)WebSocketCloseStatus.PolicyViolation, "The message did not arrive in time");

    public static readonly CloseReason Unauthorized = new(4401, "Unauthorized");

    public static readonly CloseReason SubprotocolNotAcceptable = new(4406, "Subprotocol not acceptable");

    public static readonly CloseReason InitialisationTimeout = new(4408, "Connection initialisation timeout");

    public static readonly CloseReason TooManyInitialisations = new(4429, "Too many initialisation requests");

    public static CloseReason TooManyAnonymous(GraphQLServerOptions options) => new(
        TryAgainLater.Code,
        $"Too many subscribers have no token{options.Mention(nameof(options.MaxAnonymousConnections))}. Try again later.");

    public static CloseReason TooLarge(GraphQLServerOptions options) => new(
        (int)WebSocketCloseStatus.MessageTooBig,
        $"The message is larger than {options.MaxBodyBytes} bytes{options.Mention(nameof(options.MaxBodyBytes))}.");

    public static CloseReason Forbidden(string text) => new(4403, text);

    public static CloseReason SubscriberExists(string id) => new(4409, $"Subscriber for {id} already exists");

    public static CloseReason InvalidMessage(string problem) => new(4400, problem);

    /// <summary>The text, cut off to the length that a close frame can hold.</summary>
    public string TextInFrame
    {
        get
        {
            var end = Text.Length;

            while (Encoding.UTF8.GetByteCount(Text.AsSpan(0, end)) > MaxTextBytes
                || (end > 0 && char.IsHighSurrogate(Text[end - 1])))
            {
                end--;
            }

            return Text[..end];
        }
    }
}
