using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>How results become chunks; what the database says to them is played by the test.</summary>
public class ReconcileWriterTests
{
    private readonly FakeClock _clock = new();
    private readonly List<Guid[]> _chunks = [];
    private readonly TaskCompletionSource _firstChunk = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_that_comes_alone_is_stored_after_a_quarter_of_a_second()
    {
        var writer = Open();
        var result = Result();

        await writer.WriteAsync(result, Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Empty(_chunks);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _firstChunk.Task.WaitAsync(Stop);

        Assert.Equal([[result.Id]], _chunks);
        await writer.CompleteAsync();
    }

    [Fact]
    public async Task What_is_complete_waits_for_nothing()
    {
        var writer = Open();
        var results = new[] { Result(), Result() };

        foreach (var result in results)
        {
            await writer.WriteAsync(result, Stop);
        }

        await writer.CompleteAsync();

        Assert.Equal(results.Select(r => r.Id), _chunks.SelectMany(chunk => chunk));
    }

    [Fact]
    public async Task Chunks_end_at_500_results()
    {
        var writer = Open();

        for (var i = 0; i < 1201; i++)
        {
            await writer.WriteAsync(Result(), Stop);
        }

        await writer.CompleteAsync();

        Assert.Equal([500, 500, 201], _chunks.Select(chunk => chunk.Length));
    }

    [Fact]
    public async Task Chunks_end_at_4_MiB()
    {
        var writer = Open();
        var large = MetadataReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"x":"{{new string('x', 1_000_000)}}"}"""));

        for (var i = 0; i < 10; i++)
        {
            await writer.WriteAsync(new ProbedCluster(Guid.NewGuid(), 1, large, _clock.GetUtcNow()), Stop);
        }

        await writer.CompleteAsync();

        Assert.Equal([5, 5], _chunks.Select(chunk => chunk.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_result_that_the_database_refuses_costs_the_others_nothing(int place)
    {
        var results = Enumerable.Range(0, 7).Select(_ => Result()).ToArray();
        var culprit = results[place].Id;
        var stored = new List<ProbedCluster>();
        var writer = Open((chunk, _) =>
        {
            if (chunk.Any(r => r.Id == culprit && !r.IsReduced))
            {
                throw new PostgresException("invalid byte sequence", "ERROR", "ERROR", PostgresErrorCodes.CharacterNotInRepertoire);
            }

            stored.AddRange(chunk);
            return Task.FromResult<List<StoredTransition>>([]);
        });

        foreach (var result in results)
        {
            await writer.WriteAsync(result, Stop);
        }

        await writer.CompleteAsync();

        Assert.Equal(results.Select(r => r.Id).Order(), stored.Select(r => r.Id).Order());
        Assert.Equal(0, writer.Lost);
        Assert.All(stored, r => Assert.Equal((r.Id == culprit, ProbeCode.Healthy), (r.IsReduced, r.Outcome.Code)));
        Assert.Equal(
            [new MetadataProblem("", "The database cannot hold the answer; only its healthStatus is kept.")],
            MetadataProblem.Parse(stored.Single(r => r.Id == culprit).Problems));
    }

    [Fact]
    public void What_is_not_healthy_and_cannot_be_stored_counts_as_no_answer()
    {
        var ill = new ProbedCluster(Guid.NewGuid(), 1, MetadataReader.Read("""{"healthStatus":"ILL"}"""u8.ToArray()), _clock.GetUtcNow()).Reduced();

        Assert.Equal((ProbeCode.UnexpectedPayload, "The database cannot hold the answer."), (ill.Outcome.Code, ill.Outcome.What));
        Assert.Null(ill.Payload);
    }

    [Fact]
    public async Task A_result_that_the_database_refuses_in_every_form_is_lost_alone()
    {
        var results = Enumerable.Range(0, 5).Select(_ => Result()).ToArray();
        var stored = new List<Guid>();
        var writer = Open((chunk, _) =>
        {
            if (chunk.Any(r => r.Id == results[2].Id))
            {
                throw new PostgresException("check violation", "ERROR", "ERROR", PostgresErrorCodes.CheckViolation);
            }

            stored.AddRange(chunk.Select(r => r.Id));
            return Task.FromResult<List<StoredTransition>>([]);
        });

        foreach (var result in results)
        {
            await writer.WriteAsync(result, Stop);
        }

        await writer.CompleteAsync();

        Assert.Equal([results[0].Id, results[1].Id, results[3].Id, results[4].Id], stored);
        Assert.Equal(1, writer.Lost);
    }

    [Fact]
    public async Task Who_hands_over_learns_that_nothing_can_be_stored()
    {
        var writer = Open((_, _) => throw new RunTakenOverException());
        await writer.WriteAsync(Result(), Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(async () =>
        {
            while (true)
            {
                await writer.WriteAsync(Result(), Stop);
            }
        });
        await Assert.ThrowsAsync<RunTakenOverException>(writer.CompleteAsync);
    }

    private ClusterResultWriter Open(StoreResults? store = null) => new(
        store ?? ((chunk, _) =>
        {
            _chunks.Add([.. chunk.Select(result => result.Id)]);
            _firstChunk.TrySetResult();
            return Task.FromResult<List<StoredTransition>>([]);
        }),
        _ => { },
        _clock,
        NullLogger.Instance,
        Stop);

    private ProbedCluster Result()
        => new(Guid.NewGuid(), 1, MetadataReader.Read("""{"healthStatus":"HEALTHY"}"""u8.ToArray()), _clock.GetUtcNow());
}
