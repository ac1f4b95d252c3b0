using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>
/// Reads the JSON of an answer in one pass, however deep it is. It reports members that an object has twice, and cuts values that are
/// nested deeper than <see cref="MetadataPayload.MaxDepth"/> out of what is kept.
/// </summary>
internal ref struct MetadataJsonReader
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly MetadataProblems _problems;
    private readonly HashSet<(int Object, string Name)> _members = [];

    // By depth, the number of the object that is open there, which distinguishes its members from those of other objects.
    private readonly int[] _objects = new int[MetadataPayload.MaxDepth];
    private Utf8JsonReader _reader;
    private List<(int Start, int End)>? _cuts;
    private int _objectCount;

    public MetadataJsonReader(ReadOnlyMemory<byte> json, MetadataProblems problems)
    {
        _json = json;
        _problems = problems;

        // The size of the answer bounds its depth, and nothing here is recursive.
        _reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
    }

    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>The token as it is written; a text without quotes but with escapes.</summary>
    public readonly ReadOnlySpan<byte> Written => _reader.ValueSpan;

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">What follows is not JSON.</exception>
    public void Read() => _reader.Read();

    /// <summary>Throws if anything but blanks follows.</summary>
    public void ReadEnd() => _reader.Read();

    /// <summary>The whole answer without its cuts.</summary>
    public readonly ReadOnlyMemory<byte> Kept() => Kept(0, _json.Length);

    /// <summary>Enters the object that begins at the current token, for <see cref="NextMember"/>.</summary>
    public void EnterObject() => _objects[_reader.CurrentDepth] = ++_objectCount;

    /// <summary>Goes to the name of the next member, or to the end of the object.</summary>
    /// <param name="name">The name, unescaped; as it is written if that is not valid Unicode.</param>
    /// <param name="isRepeated">Whether the object had a member of this name already.</param>
    public bool NextMember(out string name, out bool isRepeated)
    {
        _reader.Read();
        (name, isRepeated) = _reader.TokenType is JsonTokenType.EndObject ? ("", false) : Member();
        return _reader.TokenType is not JsonTokenType.EndObject;
    }

    /// <summary>Reads any value up to its last token, and returns it without its cuts.</summary>
    /// <param name="path">The member of the payload that contains it.</param>
    public ReadOnlyMemory<byte> ReadValue(string path)
    {
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        FinishValue(path);
        return Kept(start, (int)_reader.BytesConsumed);
    }

    /// <summary>Reads from the first token of a value to its last.</summary>
    public void FinishValue(string path)
    {
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = _reader.CurrentDepth;
        var hasCuts = false;

        do
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when _reader.CurrentDepth >= MetadataPayload.MaxDepth:
                    Cut(path, ref hasCuts);
                    break;
                case JsonTokenType.StartObject:
                    EnterObject();
                    break;
                case JsonTokenType.PropertyName when Member() is (var name, true):
                    _problems.Add(path, $"An object in it has the member \"{MetadataProblems.Shown(name)}\" more than once.");
                    break;
            }

            _reader.Read();
        }
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>The text of the token; null if it escapes half of a surrogate pair.</summary>
    public readonly string? TryGetString()
    {
        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the token is this text; false for half of a surrogate pair.</summary>
    public readonly bool ValueEquals(string text) => TryGetString() == text;

    private readonly (string Name, bool IsRepeated) Member()
    {
        var name = TryGetString() ?? Encoding.UTF8.GetString(_reader.ValueSpan);
        return (name, !_members.Add((_objects[_reader.CurrentDepth - 1], name)));
    }

    /// <summary>Skips a value that is too deep.</summary>
    private void Cut(string path, ref bool hasCuts)
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        (_cuts ??= []).Add((start, (int)_reader.BytesConsumed));

        if (!hasCuts)
        {
            hasCuts = true;
            _problems.Add(
                path, $"It is nested deeper than the {MetadataPayload.MaxDepth} levels that are kept; null stands for what is deeper.");
        }
    }

    private readonly ReadOnlyMemory<byte> Kept(int start, int end)
    {
        if (_cuts is null || !_cuts.Exists(cut => cut.Start >= start && cut.End <= end))
        {
            return _json[start..end];
        }

        var kept = new ArrayBufferWriter<byte>(end - start);

        foreach (var cut in _cuts.Where(cut => cut.Start >= start && cut.End <= end))
        {
            kept.Write(_json.Span[start..cut.Start]);
            kept.Write("null"u8);
            start = cut.End;
        }

        kept.Write(_json.Span[start..end]);
        return kept.WrittenMemory;
    }
}
