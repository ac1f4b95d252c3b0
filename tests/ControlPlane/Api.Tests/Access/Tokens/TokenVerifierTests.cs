using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public sealed class TokenVerifierTests : IDisposable
{
    private static readonly Guid Ada = new("01980000-0000-7000-8000-00000000000a");

    private readonly FakeClock _clock = new();
    private readonly NpgsqlDataSource _noDatabase = NpgsqlDataSource.Create("Host=nowhere.invalid");
    private readonly IssuedToken _token;
    private readonly TokenVerifier _verifier;
    private readonly List<(AccessTokenKind, string)> _lookUps = [];
    private TokenRecord? _record;
    private TaskCompletionSource? _gate;

    public TokenVerifierTests()
    {
        (_token, var row) = new TokenIssuer(_clock).IssueForUser(Ada);
        _record = new TokenRecord(
            row.SecretHash,
            row.ExpiresAt,
            new Caller { Kind = ActorKind.User, Id = Ada, Name = "ada", Permissions = RoleTable.BuiltIn.Effective([]) });
        _verifier = new TokenVerifier(LookUpAsync, new ServiceAccountUsage(_noDatabase, _clock, NullLogger<ServiceAccountUsage>.Instance), _clock);
    }

    public void Dispose() => _noDatabase.Dispose();

    [Fact]
    public async Task A_valid_token_names_its_caller()
    {
        Assert.Same(_record!.Caller, await VerifyAsync(_token.Text));
        Assert.Equal([(AccessTokenKind.User, "apc_u_" + _token.PublicId)], _lookUps);
    }

    [Fact]
    public async Task A_token_in_use_is_looked_up_once_a_second_at_most()
    {
        for (var i = 0; i < 5; i++)
        {
            await VerifyAsync(_token.Text);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Single(_lookUps);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_within_a_second()
    {
        await VerifyAsync(_token.Text);
        _record = null;
        _clock.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1));

        Assert.Same(Caller.Anonymous, await VerifyAsync(_token.Text));
    }

    [Fact]
    public async Task A_token_in_steady_use_is_looked_up_ahead_of_time_without_a_wait()
    {
        await VerifyAsync(_token.Text);
        _clock.Advance(TimeSpan.FromMilliseconds(600));
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var verified = VerifyAsync(_token.Text).AsTask();

        Assert.True(verified.IsCompletedSuccessfully);
        Assert.Equal(2, _lookUps.Count);
        _gate.SetResult();
    }

    [Fact]
    public async Task What_was_looked_up_ahead_of_time_counts_from_then_on()
    {
        await VerifyAsync(_token.Text);
        _clock.Advance(TimeSpan.FromMilliseconds(600));
        await VerifyAsync(_token.Text);
        _clock.Advance(TimeSpan.FromMilliseconds(450));
        _gate = new TaskCompletionSource();

        Assert.True(VerifyAsync(_token.Text).AsTask().IsCompletedSuccessfully);
        Assert.Equal(2, _lookUps.Count);
    }

    [Fact]
    public async Task A_change_just_committed_here_is_seen_at_once()
    {
        await VerifyAsync(_token.Text);
        _record = null;
        _verifier.ForgetAll();

        Assert.Same(Caller.Anonymous, await VerifyAsync(_token.Text));
    }

    [Fact]
    public async Task A_look_up_begun_before_a_change_is_not_believed_after_it()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = VerifyAsync(_token.Text).AsTask();
        _verifier.ForgetAll();
        _gate.SetResult();
        await before;

        _gate = null;
        _record = null;

        Assert.Same(Caller.Anonymous, await VerifyAsync(_token.Text));
    }

    [Fact]
    public async Task Requests_at_the_same_time_share_one_look_up()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, 50).Select(_ => VerifyAsync(_token.Text).AsTask()).ToArray();
        _gate.SetResult();

        Assert.All(await Task.WhenAll(all), caller => Assert.Same(_record!.Caller, caller));
        Assert.Single(_lookUps);
    }

    [Fact]
    public async Task One_caller_who_leaves_does_not_take_the_look_up_from_the_others()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var left = new CancellationTokenSource();
        var leaving = _verifier.VerifyAsync(_token.Text, left.Token).AsTask();
        var staying = VerifyAsync(_token.Text).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _gate.SetResult();

        Assert.Same(_record!.Caller, await staying);
        Assert.Single(_lookUps);
    }

    [Fact]
    public async Task An_expired_token_is_refused_even_while_it_is_known()
    {
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(100));
        Assert.Same(_record!.Caller, await VerifyAsync(_token.Text));

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Same(Caller.Anonymous, await VerifyAsync(_token.Text));
        Assert.Single(_lookUps);
    }

    [Fact]
    public async Task The_secret_is_compared_at_every_use()
    {
        await VerifyAsync(_token.Text);
        var forged = AccessToken.Compose(AccessTokenKind.User, _token.PublicId, new string('0', AccessToken.SecretLength));

        Assert.Same(Caller.Anonymous, await VerifyAsync(forged));
        Assert.Single(_lookUps);
    }

    [Fact]
    public async Task A_text_that_is_no_token_costs_no_look_up()
    {
        Assert.Same(Caller.Anonymous, await VerifyAsync(""));
        Assert.Same(Caller.Anonymous, await VerifyAsync("Basic dXNlcjpwYXNz"));
        Assert.Same(Caller.Anonymous, await VerifyAsync(_token.Text[..^1] + (_token.Text[^1] == '0' ? '1' : '0')));
        Assert.Empty(_lookUps);
    }

    [Fact]
    public async Task A_failing_database_is_not_taken_for_a_wrong_token_and_is_asked_again()
    {
        _gate = new TaskCompletionSource();
        _gate.SetException(new NpgsqlException("no database"));
        await Assert.ThrowsAsync<NpgsqlException>(() => VerifyAsync(_token.Text).AsTask());

        _gate = null;
        Assert.Same(_record!.Caller, await VerifyAsync(_token.Text));
    }

    [Fact]
    public async Task A_known_token_costs_no_memory()
    {
        await VerifyAsync(_token.Text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            await VerifyAsync(_token.Text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private ValueTask<Caller> VerifyAsync(string text) => _verifier.VerifyAsync(text, TestContext.Current.CancellationToken);

    private async Task<TokenRecord?> LookUpAsync(AccessTokenKind kind, string masked)
    {
        var record = _record;
        _lookUps.Add((kind, masked));

        if (_gate is { } gate)
        {
            await gate.Task;
        }

        return record;
    }
}
