using System.Text.Json;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.AspNetCore.WebSockets;

namespace Apc.Fuzz.Tests;

/// <summary>What transports read before the engine is asked: it is understood, or refused with a reason.</summary>
public class TransportFuzzing
{
    [Fact]
    public void A_message_over_a_web_socket_is_read_or_refused() => Fuzzer.Run(
        "messages into the reader of web sockets", 20_000, random => new Body(JsonNoise.Message(random)), () => body =>
        {
            if (!SocketMessage.TryRead(body.Bytes, out var message, out var problem))
            {
                Assert.NotEmpty(problem);
                return false;
            }

            return message.PayloadType != JsonTokenType.StartObject || ConnectionParameters.AuthorizationIn(message.Payload.Span) is not "";
        });

    [Fact]
    public void A_header_that_says_what_is_accepted_is_understood_or_passed_over() => Fuzzer.Run(
        "headers into the choice of a media type", 20_000, HttpNoise.Accept, () => accept =>
            MediaType.Choose(accept) is not null | MediaType.AcceptsEventStream(accept));
}
