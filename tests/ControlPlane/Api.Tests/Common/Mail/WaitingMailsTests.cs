using Apc.ControlPlane.Api.Common.Mail;

namespace Apc.ControlPlane.Api.Tests.Common.Mail;

public sealed class WaitingMailsTests
{
    private readonly WaitingMails _mails = new();

    [Fact]
    public void Senders_take_turns()
    {
        Add("a", "a", "a", "b", "c");

        Assert.Equal("a b c a a", Order());
    }

    [Fact]
    public void What_is_awaited_goes_first()
    {
        _mails.TryAdd(MailUrgency.Later, "a", Nothing);
        Add("b", "b");

        Assert.Equal("b b a", Order());
    }

    [Fact]
    public void One_sender_has_two_mails_under_way_at_most()
    {
        Add("a", "a", "a");
        var first = _mails.TryTake(onlyAwaited: false)!;
        Assert.NotNull(_mails.TryTake(onlyAwaited: false));

        Assert.Null(_mails.TryTake(onlyAwaited: false));
        Add("b");
        Assert.Equal("b", _mails.TryTake(onlyAwaited: false)!.Sender);
        _mails.Done(first);
        Assert.Equal("a", _mails.TryTake(onlyAwaited: false)!.Sender);
    }

    [Fact]
    public void Who_sends_what_is_awaited_leaves_the_rest_to_others()
    {
        _mails.TryAdd(MailUrgency.Later, "a", Nothing);

        Assert.Null(_mails.TryTake(onlyAwaited: true));
        Assert.NotNull(_mails.TryTake(onlyAwaited: false));
    }

    [Fact]
    public void One_sender_and_all_together_are_bounded_for_each_urgency()
    {
        Assert.Equal(WaitingMails.CapacityPerSender, Fill(MailUrgency.Later, "a", WaitingMails.CapacityPerSender + 1));

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(WaitingMails.CapacityPerSender, Fill(MailUrgency.Later, $"b{i}", WaitingMails.CapacityPerSender));
        }

        Assert.Equal(0, Fill(MailUrgency.Later, "c", 1));
        Assert.Equal(1, Fill(MailUrgency.Awaited, "c", 1));
        Assert.Equal(WaitingMails.Capacity + 1, _mails.Count);
    }

    [Fact]
    public async Task Nothing_is_taken_after_the_end_and_what_waits_can_be_taken_out()
    {
        Add("a");
        _mails.Close();

        Add("b");
        Assert.Equal("a", Order());
        Assert.Null(await TakeAsync());
    }

    [Fact]
    public async Task Takers_wait_for_the_next_mail_for_a_sender_to_be_done_and_for_the_end()
    {
        var added = TakeAsync();
        Assert.False(added.IsCompleted);
        Add("a", "a", "a");
        var first = await added;
        await TakeAsync();

        var done = TakeAsync();
        Assert.False(done.IsCompleted);
        _mails.Done(first!);
        Assert.Equal("a", (await done)?.Sender);

        var end = TakeAsync();
        Assert.False(end.IsCompleted);
        _mails.Close();
        Assert.Null(await end);
    }

    private Task<WaitingMail?> TakeAsync() => _mails.TakeAsync(onlyAwaited: false, TestContext.Current.CancellationToken);

    private void Add(params string[] senders) => Array.ForEach(senders, sender => _mails.TryAdd(MailUrgency.Awaited, sender, Nothing));

    private int Fill(MailUrgency urgency, string sender, int times) => Enumerable.Range(0, times).Count(_ => _mails.TryAdd(urgency, sender, Nothing));

    private string Order()
    {
        var order = new List<string>();

        while (_mails.TryTake(onlyAwaited: false) is { } mail)
        {
            order.Add(mail.Sender);
            _mails.Done(mail);
        }

        return string.Join(' ', order);
    }

    private static Task<OutgoingMail?> Nothing(CancellationToken cancellationToken) => Task.FromResult<OutgoingMail?>(null);
}
