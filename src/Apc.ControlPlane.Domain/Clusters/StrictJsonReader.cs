using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>
/// Reads JSON in UTF-8 once, and refuses what is nested deeper than <see cref="MetadataPayload.MaxDepth"/> and a member that an
/// object has twice: readers disagree on which of the two counts.
/// </summary>
internal ref struct StrictJsonReader
{
    /// <summary>The most of a foreign name that a text of ours repeats, in UTF-16 units.</summary>
    private const int MaxQuotedName = 64;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly HashSet<(int Object, string Name)> _members = [];
    private Utf8JsonReader _reader;
    private int _objects;

    public StrictJsonReader(ReadOnlyMemory<byte> json)
    {
        _json = json;

        // One deeper than allowed, so that our own check speaks first and names the limit.
        _reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MetadataPayload.MaxDepth + 1 });
    }

    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">What follows is no JSON.</exception>
    public void Read() => _reader.Read();

    /// <summary>Throws where anything but blanks follows.</summary>
    public void ReadEnd() => _reader.Read();

    /// <summary>From the start of an object, the number by which its members are told from those of others.</summary>
    public int EnterObject() => ++_objects;

    /// <summary>Goes to the name of the next member, or to the end of the object.</summary>
    /// <param name="objectNumber">The number that <see cref="EnterObject"/> gave.</param>
    /// <param name="name">The name, unescaped.</param>
    public bool NextMember(int objectNumber, out string name)
    {
        _reader.Read();
        name = "";

        if (_reader.TokenType is JsonTokenType.EndObject)
        {
            return false;
        }

        name = TryGetString() ?? throw new RefusedPayloadException(ProbeCode.InvalidJson, "A member's name is not valid Unicode.");

        if (!_members.Add((objectNumber, name)))
        {
            var quoted = name.Length <= MaxQuotedName ? name : name[..MaxQuotedName] + "…";
            throw new RefusedPayloadException(ProbeCode.InvalidJson, $"An object of the answer has the member \"{quoted}\" twice.");
        }

        return true;
    }

    /// <summary>Reads any value, stays on its last token, and gives it as it came.</summary>
    public ReadOnlyMemory<byte> ReadValue()
    {
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        FinishValue();
        return _json[start..(int)_reader.BytesConsumed];
    }

    /// <summary>From the first token of a value to its last.</summary>
    public void FinishValue()
    {
        if (_reader.TokenType is JsonTokenType.StartObject)
        {
            CheckDepth();
            var objectNumber = EnterObject();

            while (NextMember(objectNumber, out _))
            {
                _reader.Read();
                FinishValue();
            }
        }
        else if (_reader.TokenType is JsonTokenType.StartArray)
        {
            CheckDepth();

            while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
            {
                FinishValue();
            }
        }
    }

    /// <summary>The text of the token; null where it escapes half of a surrogate pair.</summary>
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

    /// <summary>Whether the token is this text; half of a surrogate pair equals nothing.</summary>
    public readonly bool ValueEquals(string text) => TryGetString() == text;

    private readonly void CheckDepth()
    {
        // The depth of a start token is that of what surrounds it.
        if (_reader.CurrentDepth >= MetadataPayload.MaxDepth)
        {
            throw new RefusedPayloadException(
                ProbeCode.InvalidJson, $"The answer is nested deeper than {MetadataPayload.MaxDepth} levels.");
        }
    }
}
