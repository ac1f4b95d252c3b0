using System.IO.Pipelines;
using Apc.ControlPlane.Api.Fleet.DataPlane;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public class BoundedBodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task Reads_up_to_the_limit_whatever_was_announced(int length)
    {
        using var body = new BoundedBody(maxBytes: 200_000);
        var sent = new byte[length];
        new Random(length).NextBytes(sent);

        Assert.Equal(sent, await body.ReadAsync(new MemoryStream(sent), null, Stop));
        Assert.Equal(sent, await body.ReadAsync(new MemoryStream(sent), 1, Stop));
        Assert.Null(await body.ReadAsync(new MemoryStream(sent), 200_001, Stop));
    }

    [Fact]
    public async Task Stops_reading_at_the_limit()
    {
        using var body = new BoundedBody(maxBytes: 200_000);
        var sent = new MemoryStream(new byte[10_000_000]);

        Assert.Null(await body.ReadAsync(sent, null, Stop));
        Assert.InRange(sent.Position, 200_001, 600_000);
    }

    [Fact]
    public async Task Of_many_large_answers_a_few_are_held_at_once_and_all_are_read()
    {
        using var body = new BoundedBody(maxBytes: 200_000);
        var pipes = Enumerable.Range(0, 40).Select(_ => new Pipe(new PipeOptions(pauseWriterThreshold: 0))).ToArray();
        var reads = pipes.Select(pipe => body.ReadAsync(pipe.Reader.AsStream(), null, Stop)).ToArray();

        foreach (var pipe in pipes)
        {
            await pipe.Writer.WriteAsync(new byte[100_000], Stop);
        }

        // Those that hold a large buffer end when their answers do, the others get theirs then.
        foreach (var pipe in pipes)
        {
            await pipe.Writer.CompleteAsync();
        }

        Assert.All(await Task.WhenAll(reads), read => Assert.Equal(100_000, read!.Length));
    }
}
