using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// A 64-bit hash of bytes: 16 at a time are mixed by one multiplication to 128 bits. The secrets differ in each process, so that a client
/// cannot choose documents that collide. It is not a cryptographic hash: equality is always checked.
/// </summary>
internal sealed class DocumentHash(ulong firstSecret, ulong secondSecret)
{
    /// <summary>A hash with new random secrets.</summary>
    public static DocumentHash Create()
    {
        Span<byte> secrets = stackalloc byte[16];
        RandomNumberGenerator.Fill(secrets);

        // Multiplication by an odd factor loses no bits.
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

    /// <summary>The exclusive or of both halves of the product.</summary>
    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
