namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>How long people wait for a mail.</summary>
public enum MailUrgency
{
    /// <summary>Somebody sits before a page and waits for the link.</summary>
    Awaited,

    /// <summary>Nobody does, as with invitations.</summary>
    Later,
}

/// <summary>
/// Mails that wait, fair to those who sent them: awaited ones go first, each sender has a turn, and a bound of their own to what waits and to what is being sent.
/// Safe for threads.
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

    /// <summary>Ends when there may be something to take that was not there before.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Whether nothing waits and nothing comes any more.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _isClosed && _lanes.All(lane => lane.Count == 0);
            }
        }
    }

    /// <summary>Takes a mail; false where too many wait, or nothing is taken any more.</summary>
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

    /// <summary>The next mail to send; <see cref="Done"/> follows. Null where there is none at present.</summary>
    /// <param name="onlyAwaited">Whether to leave mails that nobody waits for to others.</param>
    public WaitingMail? TryTake(bool onlyAwaited)
    {
        lock (_lock)
        {
            var mail = _lanes[(int)MailUrgency.Awaited].TryTake(MaySend) ?? (onlyAwaited ? null : _lanes[(int)MailUrgency.Later].TryTake(MaySend));

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

    /// <summary>Takes nothing any more; what waits can still be taken out.</summary>
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
        // Whose turn it is next stands first; every sender has at least one mail.
        private readonly LinkedList<(string Sender, Queue<WaitingMail> Mails)> _turns = new();
        private readonly Dictionary<string, Queue<WaitingMail>> _bySender = new(StringComparer.Ordinal);

        public int Count { get; private set; }

        public bool TryAdd(WaitingMail mail)
        {
            if (Count >= Capacity || (_bySender.TryGetValue(mail.Sender, out var own) && own.Count >= CapacityPerSender))
            {
                return false;
            }

            if (own is null)
            {
                own = new Queue<WaitingMail>();
                _bySender.Add(mail.Sender, own);
                _turns.AddLast((mail.Sender, own));
            }

            own.Enqueue(mail);
            Count++;
            return true;
        }

        public WaitingMail? TryTake(Func<string, bool> maySend)
        {
            for (var turn = _turns.First; turn is not null; turn = turn.Next)
            {
                var (sender, mails) = turn.Value;

                if (!maySend(sender))
                {
                    continue;
                }

                _turns.Remove(turn);

                if (mails.Count > 1)
                {
                    _turns.AddLast(turn);
                }
                else
                {
                    _bySender.Remove(sender);
                }

                Count--;
                return mails.Dequeue();
            }

            return null;
        }
    }
}

/// <summary>A mail that waits.</summary>
/// <param name="Sender">On whose behalf.</param>
/// <param name="Write">Writes it when its turn comes; null for none.</param>
public sealed record WaitingMail(string Sender, Func<CancellationToken, Task<OutgoingMail?>> Write);
