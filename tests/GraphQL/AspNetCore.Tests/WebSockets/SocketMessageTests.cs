using System.Text;
using System.Text.Json;
using Apc.GraphQL.AspNetCore.WebSockets;

namespace Apc.GraphQL.AspNetCore.Tests.WebSockets;

public class SocketMessageTests
{
    private static readonly string[] Seeds =
    [
        """{"id":"1","type":"subscribe","payload":{"query":"{ hello }","variables":{"a":[1,2.5e3,null,true]},"operationName":null}}""",
        """{"type":"connection_init","payload":{"authorization":"token","headers":{"Authorization":"\u0041"}}}""",
        """{"payload":[],"id":7,"id":"\ud83d","type":"stop","more":{"type":"ping"}}""",
    ];

    [Fact]
    public void Is_read_from_its_members_in_any_order()
    {
        Assert.True(SocketMessage.TryRead("""{"payload":{"a": 1},"more":[{}],"id":"o\u006ee","type":"start"}"""u8.ToArray(), out var message, out _));
        Assert.Equal(
            (MessageType.Start, "one", "\"o\\u006ee\"", JsonTokenType.String, "{\"a\": 1}"),
            (message.Type, message.Id.Key, Encoding.UTF8.GetString(message.Id.Json.Span), message.IdType, Encoding.UTF8.GetString(message.Payload.Span)));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void May_be_as_deep_as_a_body_and_no_deeper(int depth, bool isRead)
    {
        var payload = $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.Equal(isRead, SocketMessage.TryRead(Encoding.UTF8.GetBytes($$$"""{"type":"connection_init","payload":{{{payload}}}}"""), out var message, out _));
        Assert.Null(isRead ? ConnectionParameters.AuthorizationIn(message.Payload.Span) : null);
    }

    [Fact]
    public void Is_told_from_anything_else_whatever_comes()
    {
        var random = new Random(20_261_120);
        var read = 0;

        for (var i = 0; i < 50_000; i++)
        {
            var text = Mutate(Encoding.UTF8.GetBytes(Seeds[i % Seeds.Length]), random);

            if (SocketMessage.TryRead(text, out var message, out var problem))
            {
                read++;
                _ = message.PayloadType == JsonTokenType.StartObject ? ConnectionParameters.AuthorizationIn(message.Payload.Span) : null;
            }
            else
            {
                Assert.StartsWith("Invalid message: ", problem, StringComparison.Ordinal);
            }
        }

        // Both kinds were met.
        Assert.InRange(read, 1_000, 49_000);
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            text[random.Next(text.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : text[random.Next(text.Length)];
        }

        return random.Next(10) == 0 ? text[..random.Next(text.Length)] : text;
    }
}
