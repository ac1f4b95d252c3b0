using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// A 64-bit hash of bytes: 16 at a time are mixed by one multiplication to 128 bits. The secrets differ in each process, so that nobody
/// outside can choose documents that fall together. It is no cryptographic hash: equality is always checked.
/// </summary>
internal sealed class DocumentHash(ulong firstSecret, ulong secondSecret)
{
    /// <summary>A hash with secrets of its own.</summary>
    public static DocumentHash Create()
    {
        Span<byte> secrets = stackalloc byte[16];
        RandomNumberGenerator.Fill(secrets);

        // Odd factors lose nothing.
        return new DocumentHash(
            BinaryPrimitives.ReadUInt64LittleEndian(secrets) | 1, BinaryPrimitives.ReadUInt64LittleEndian(secrets[8..]) | 1);
    }

    public ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Mix((ulong)bytes.Length ^ firstSecret, secondSecret);

        while (bytes.Length >= 16)
        {
            hash = Mix(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ firstSecret,
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }

        if (!bytes.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[16];
            rest.Clear();
            bytes.CopyTo(rest);
            hash = Mix(
                BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ firstSecret,
                BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ hash);
        }

        return Mix(hash ^ firstSecret, secondSecret);
    }

    /// <summary>Both halves of the product, folded.</summary>
    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
