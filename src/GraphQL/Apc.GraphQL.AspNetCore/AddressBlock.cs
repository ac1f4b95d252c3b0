using System.Buffers.Binary;
using System.Net;

namespace Apc.GraphQL.AspNetCore;

/// <summary>
/// The addresses that one party can use: an IPv4 address, or a network of 64 bits, the first half of an IPv6 address.
/// </summary>
public readonly record struct AddressBlock
{
    private readonly ulong _bits;
    private readonly bool _isV6;

    private AddressBlock(ulong bits, bool isV6)
    {
        _bits = bits;
        _isV6 = isV6;
    }

    /// <summary>The block of an address; all callers without an address share a block.</summary>
    public static AddressBlock Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];

        if (address is null || !address.TryWriteBytes(bytes, out var length))
        {
            return default;
        }

        return length == 4 ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes), isV6: false)
            : address.IsIPv4MappedToIPv6 ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), isV6: false)
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), isV6: true);
    }
}
