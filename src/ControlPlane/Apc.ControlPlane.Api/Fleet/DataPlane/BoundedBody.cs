using System.Buffers;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>Reads answers up to a size, which is counted after decompression.</summary>
public sealed class BoundedBody(int maxBytes) : IDisposable
{
    /// <summary>Metadata is usually far smaller; a larger answer waits for one of a few large buffers.</summary>
    private const int UsualBytes = 64 * 1024;

    private const int FirstBytes = 4 * 1024;

    // Most large answers that are held in memory at once.
    private readonly SemaphoreSlim _largeBuffers = new(32);

    /// <summary>The whole answer; null if it is larger than allowed.</summary>
    /// <param name="body">Read to its end or to the limit.</param>
    /// <param name="announcedBytes">The Content-Length, compressed or not; null if there is none.</param>
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
