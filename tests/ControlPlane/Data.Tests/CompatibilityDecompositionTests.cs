using System.Text;
using Apc.ControlPlane.Domain;
using Apc.TestKit;

namespace Apc.ControlPlane.Data.Tests;

public sealed class CompatibilityDecompositionTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // What has a decomposition since Unicode 15 to 17. The PostgreSQL of the tests knows Unicode 14, in which these are no characters.
    private static readonly (int First, int Last)[] _newer =
    [
        (0xA7F1, 0xA7F1), (0x105C9, 0x105C9), (0x105E4, 0x105E4), (0x11383, 0x11383), (0x11385, 0x11385), (0x1138E, 0x1138E), (0x11391, 0x11391),
        (0x113C5, 0x113C5), (0x113C7, 0x113C8), (0x16121, 0x16128), (0x16D68, 0x16D6A), (0x1CCD6, 0x1CCF9), (0x1E030, 0x1E06D),
    ];

    [Fact]
    public async Task Is_what_PostgreSQL_makes_of_every_character()
    {
        await using var command = database.DataSources.Writes.CreateCommand(
            "select c, normalize(chr(c), NFKD) from generate_series(1, 1114111) c where c not between 55296 and 57343");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var differences = new List<int>();

        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (reader.GetString(1) != CompatibilityDecomposition.Of(char.ConvertFromUtf32(reader.GetInt32(0))))
            {
                differences.Add(reader.GetInt32(0));
            }
        }

        Assert.Equal(_newer.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)), differences);
    }

    [Fact]
    public async Task Is_what_PostgreSQL_makes_of_any_sequence_of_letters_and_marks()
    {
        var texts = RandomTexts(new Random(9)).Take(20_000).ToArray();
        await using var command = database.DataSources.Writes.CreateCommand("select normalize(t, NFKD) from unnest($1) with ordinality u (t, n) order by n");
        command.Parameters.Add(new() { Value = texts });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        foreach (var text in texts)
        {
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(reader.GetString(0), CompatibilityDecomposition.Of(text));
        }
    }

    private static IEnumerable<string> RandomTexts(Random random)
    {
        // Blocks with marks of many classes, letters that are composed, and Hangul by parts.
        (int First, int Last)[] blocks =
        [
            (0x41, 0x7A), (0xC0, 0x24F), (0x300, 0x36F), (0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x65F), (0x900, 0x963), (0xE31, 0xE4E), (0xF71, 0xF84),
            (0x1100, 0x11FF), (0x1DC0, 0x1DF9), (0x1E00, 0x1FFF), (0x20D0, 0x20F0), (0x302A, 0x309A), (0xAC00, 0xD7A3), (0xFB1D, 0xFDFC), (0x1D15E, 0x1D1AD),
        ];

        while (true)
        {
            var text = new StringBuilder();

            for (var length = random.Next(1, 12); length > 0; length--)
            {
                var (first, last) = blocks[random.Next(blocks.Length)];
                text.Append(char.ConvertFromUtf32(random.Next(first, last + 1)));
            }

            yield return text.ToString();
        }
    }
}
