using System.Buffers;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>Reads answers up to a size, counted after decompression.</summary>
public sealed class BoundedBody(int maxBytes) : IDisposable
{
    /// <summary>What metadata is usually far below; who sends more waits for one of a few large buffers.</summary>
    private const int UsualBytes = 64 * 1024;

    private const int FirstBytes = 4 * 1024;

    // However many data planes send large answers at once, this many are held.
    private readonly SemaphoreSlim _largeBuffers = new(32);

    /// <summary>The whole answer; null where it is larger than allowed.</summary>
    /// <param name="body">Read to its end, or to the limit.</param>
    /// <param name="announcedBytes">What the other side says it sends, compressed or not; null where it does not say.</param>
    /// <param name="cancellationToken">Ends the wait for a large buffer, too.</param>
    public async Task<byte[]?> ReadAsync(Stream body, long? announcedBytes, CancellationToken cancellationToken)
    {
        // Compressed metadata is not larger than metadata.
        if (announcedBytes > maxBytes)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        var isLarge = false;

        try
        {
            var length = 0;

            while (true)
            {
                if (length == buffer.Length)
                {
                    if (!isLarge && length >= UsualBytes)
                    {
                        await _largeBuffers.WaitAsync(cancellationToken);
                        isLarge = true;
                    }

                    buffer = Grow(buffer, isLarge ? maxBytes + 1 : length * 2);
                }

                var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;

                if (length > maxBytes)
                {
                    return null;
                }

                if (read == 0)
                {
                    return buffer.AsSpan(0, length).ToArray();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);

            if (isLarge)
            {
                _largeBuffers.Release();
            }
        }
    }

    public void Dispose() => _largeBuffers.Dispose();

    private static byte[] Grow(byte[] buffer, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
