namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Whether a person waits for a mail.</summary>
public enum MailUrgency
{
    /// <summary>A person sits before a page and waits for the link.</summary>
    Awaited,

    /// <summary>It may take a while, as with invitations.</summary>
    Later,
}

/// <summary>
/// Mails that wait. Awaited ones go first; senders take turns; each sender has a limit of waiting mails and of mails being sent at the same
/// time. Thread-safe.
/// </summary>
public sealed class WaitingMails
{
    /// <summary>Most mails of one urgency that wait.</summary>
    public const int Capacity = 1_000;

    /// <summary>Most of these of one sender.</summary>
    public const int CapacityPerSender = 200;

    /// <summary>Most mails of one sender that are being sent at the same time.</summary>
    public const int MaxSendingPerSender = 2;

    private readonly Lock _lock = new();
    private readonly Lane[] _lanes = [new(), new()];
    private readonly Dictionary<string, int> _sending = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Sum(lane => lane.Count);
            }
        }
    }

    /// <summary>Takes a mail; false if too many wait, or after <see cref="Close"/>.</summary>
    public bool TryAdd(MailUrgency urgency, string sender, Func<CancellationToken, Task<OutgoingMail?>> write)
    {
        lock (_lock)
        {
            if (_isClosed || !_lanes[(int)urgency].TryAdd(new WaitingMail(sender, write)))
            {
                return false;
            }

            Announce();
            return true;
        }
    }

    /// <summary>
    /// The next mail to send, as soon as there is one; null if none is left and no more can come. <see cref="Done"/> follows.
    /// </summary>
    /// <param name="onlyAwaited">Whether to leave mails of <see cref="MailUrgency.Later"/> to other senders.</param>
    public async Task<WaitingMail?> TakeAsync(bool onlyAwaited, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;

            lock (_lock)
            {
                if (TryTake(onlyAwaited) is { } mail)
                {
                    return mail;
                }

                if (_isClosed && Count == 0)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next mail to send; null if there is none at present. <see cref="Done"/> follows.</summary>
    /// <inheritdoc cref="TakeAsync" path="/param"/>
    public WaitingMail? TryTake(bool onlyAwaited)
    {
        lock (_lock)
        {
            var lanes = onlyAwaited ? _lanes.Take(1) : _lanes;
            var mail = lanes.Select(lane => lane.TryTake(MaySend)).FirstOrDefault(mail => mail is not null);

            if (mail is not null)
            {
                _sending[mail.Sender] = _sending.GetValueOrDefault(mail.Sender) + 1;
            }

            return mail;
        }
    }

    /// <summary>The mail was sent, or given up.</summary>
    public void Done(WaitingMail mail)
    {
        lock (_lock)
        {
            if (--_sending[mail.Sender] == 0)
            {
                _sending.Remove(mail.Sender);
            }

            Announce();
        }
    }

    /// <summary>Takes no more mails; those that wait can still be taken out.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Announce();
        }
    }

    private bool MaySend(string sender) => _sending.GetValueOrDefault(sender) < MaxSendingPerSender;

    private void Announce()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane
    {
        // In the order of their turns; every sender has at least one mail.
        private readonly OrderedDictionary<string, Queue<WaitingMail>> _turns = new(StringComparer.Ordinal);

        public int Count => _turns.Values.Sum(mails => mails.Count);

        public bool TryAdd(WaitingMail mail)
        {
            var own = _turns.GetValueOrDefault(mail.Sender);

            if (Count >= Capacity || own?.Count >= CapacityPerSender)
            {
                return false;
            }

            if (own is null)
            {
                _turns.Add(mail.Sender, own = new Queue<WaitingMail>());
            }

            own.Enqueue(mail);
            return true;
        }

        public WaitingMail? TryTake(Func<string, bool> maySend)
        {
            if (_turns.Keys.FirstOrDefault(maySend) is not { } sender)
            {
                return null;
            }

            _turns.Remove(sender, out var mails);
            var mail = mails!.Dequeue();

            if (mails.Count > 0)
            {
                _turns.Add(sender, mails);
            }

            return mail;
        }
    }
}

/// <summary>A mail that waits.</summary>
/// <param name="Sender">On whose behalf.</param>
/// <param name="Write">Writes it when its turn comes; null for no mail.</param>
public sealed record WaitingMail(string Sender, Func<CancellationToken, Task<OutgoingMail?>> Write);
