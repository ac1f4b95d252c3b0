using System.Text;
using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

public class DocumentHashTests
{
    private readonly DocumentHash _hash = DocumentHash.Create();

    [Fact]
    public void Tells_documents_apart_that_differ_in_one_byte_or_in_length()
    {
        var seen = new HashSet<ulong>();

        for (var length = 0; length < 70; length++)
        {
            var bytes = new byte[length];
            Assert.True(seen.Add(_hash.Of(bytes)), $"{length} zeros");

            for (var place = 0; place < length; place++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    bytes[place] = (byte)(1 << bit);
                    Assert.True(seen.Add(_hash.Of(bytes)), $"bit {bit} of byte {place} of {length}");
                    bytes[place] = 0;
                }
            }
        }
    }

    [Fact]
    public void Gives_equal_documents_the_same_hash()
        => Assert.Equal(_hash.Of("{ a }"u8), _hash.Of(Encoding.UTF8.GetBytes("{ a }")));

    [Fact]
    public void Differs_between_processes() => Assert.NotEqual(_hash.Of("{ a }"u8), DocumentHash.Create().Of("{ a }"u8));

    [Fact]
    public void Spreads_similar_documents_over_the_buckets_of_a_table()
    {
        var buckets = new int[1024];

        for (var i = 0; i < 16 * buckets.Length; i++)
        {
            buckets[_hash.Of(Encoding.UTF8.GetBytes($"{{ cluster(id: \"{i}\") {{ name }} }}")).GetHashCode() & (buckets.Length - 1)]++;
        }

        // Sixteen in the middle; forty in one would happen to a good hash once in ten thousand runs of this test.
        Assert.InRange(buckets.Max(), 17, 45);
    }
}
