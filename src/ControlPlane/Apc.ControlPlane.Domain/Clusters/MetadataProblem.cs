using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>A problem of a member of a data plane's metadata. It is reported, and does not affect the status.</summary>
/// <param name="Path">The member, such as `commander.version`; empty for the payload as a whole.</param>
/// <param name="Problem">What is wrong with it, and what was done about it, in sentences.</param>
public sealed record MetadataProblem(string Path, string Problem)
{
    /// <summary>Further problems are counted, not listed.</summary>
    public const int MaxListed = 20;

    // Not written into HTML; names of members may be in any script.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<MetadataProblem> Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(problem => new MetadataProblem(
            problem.GetProperty("path").GetString()!, problem.GetProperty("problem").GetString()!))];
    }

    /// <summary>The problems as they are stored, JSON in UTF-8. Equal problems give equal bytes.</summary>
    internal static byte[] Write(IEnumerable<MetadataProblem> problems)
    {
        var buffer = new ArrayBufferWriter<byte>(256);

        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartArray();

            foreach (var (path, problem) in problems)
            {
                writer.WriteStartObject();
                writer.WriteString("path"u8, path);
                writer.WriteString("problem"u8, problem);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>Collects the problems of one answer while it is read.</summary>
internal sealed class MetadataProblems
{
    /// <summary>The most that a problem repeats of a name in the payload, in UTF-16 units.</summary>
    private const int MaxQuotedName = 64;

    private readonly List<MetadataProblem> _listed = [];

    public int Count { get; private set; }

    public void Add(string path, string problem)
    {
        if (Count++ < MetadataProblem.MaxListed)
        {
            _listed.Add(new MetadataProblem(Shown(path), problem));
        }
    }

    /// <summary>JSON in UTF-8; empty if there are none.</summary>
    public ReadOnlyMemory<byte> ToJson() => Count switch
    {
        0 => default,
        <= MetadataProblem.MaxListed => MetadataProblem.Write(_listed),
        _ => MetadataProblem.Write(_listed.Append(new MetadataProblem("", $"{Count - _listed.Count} further problems are not listed."))),
    };

    /// <summary>A name from the payload, shortened, without control characters and halves of surrogate pairs.</summary>
    public static string Shown(string name)
    {
        var isLong = name.Length > MaxQuotedName;
        var end = isLong && char.IsHighSurrogate(name[MaxQuotedName - 1]) ? MaxQuotedName - 1 : Math.Min(name.Length, MaxQuotedName);
        var shown = name.AsSpan(0, end);
        return PlainText.IsPlain(shown) && !isLong ? name : Cleaned(shown) + (isLong ? "…" : "");
    }

    private static string Cleaned(ReadOnlySpan<char> name)
    {
        var cleaned = new System.Text.StringBuilder(name.Length);

        foreach (var rune in name.EnumerateRunes())
        {
            cleaned.Append((System.Text.Rune.IsControl(rune) ? System.Text.Rune.ReplacementChar : rune).ToString());
        }

        return cleaned.ToString();
    }
}

/// <summary>Ends the reading of an answer; <see cref="MetadataReader"/> turns it into an outcome.</summary>
internal sealed class RefusedPayloadException(ProbeCode code, string what) : Exception(what)
{
    public ProbeCode Code { get; } = code;
}
