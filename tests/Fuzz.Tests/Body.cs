using System.Text;

namespace Apc.Fuzz.Tests;

/// <summary>Bytes that a client sends.</summary>
internal sealed record Body(byte[] Bytes)
{
    public override string ToString() => $"{Encoding.UTF8.GetString(Bytes)}\n{Convert.ToHexString(Bytes.AsSpan(0, Math.Min(200, Bytes.Length)))}";
}
