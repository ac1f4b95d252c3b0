using System.Threading.Channels;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>What waits for one subscriber, in bounded memory.</summary>
public sealed class Inbox<T>
{
    private readonly Channel<T> _waiting;
    private volatile bool _isEnded;

    /// <param name="capacity">Most things that may wait.</param>
    /// <param name="keepsNewest">Whether a full inbox makes room for what is new by what is oldest; else it takes nothing more.</param>
    public Inbox(int capacity, bool keepsNewest)
    {
        Capacity = capacity;
        _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            FullMode = keepsNewest ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
    }

    /// <summary>Most things that may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <summary>Ends with what waits and then, where it did not end well, the error.</summary>
    public ChannelReader<T> Reader => _waiting.Reader;

    /// <summary>False where there is no room, or the inbox has ended.</summary>
    public bool TryPut(T item) => _waiting.Writer.TryWrite(item);

    /// <summary>True once there is room; false where the inbox has ended.</summary>
    public async ValueTask<bool> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _waiting.Writer.WaitToWriteAsync(cancellationToken);
        }
        catch (Exception) when (_isEnded)
        {
            // The error that it ended with is for the reader.
            return false;
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void End(Exception? error = null)
    {
        _isEnded = true;
        _waiting.Writer.TryComplete(error);
    }
}
