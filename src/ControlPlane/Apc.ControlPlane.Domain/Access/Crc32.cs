namespace Apc.ControlPlane.Domain.Access;

/// <summary>CRC-32 as in ISO 3309 and zip, over ASCII text. The framework's own is CRC-32C, another polynomial.</summary>
internal static class Crc32
{
    private const uint ReversedPolynomial = 0xEDB88320;

    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<char> ascii)
    {
        var crc = uint.MaxValue;

        foreach (var c in ascii)
        {
            crc = Table[(byte)(crc ^ c)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];

        for (var i = 0u; i < table.Length; i++)
        {
            var entry = i;

            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ ReversedPolynomial;
            }

            table[i] = entry;
        }

        return table;
    }
}
