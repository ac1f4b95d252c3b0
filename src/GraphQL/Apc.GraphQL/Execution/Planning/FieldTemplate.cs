using System.Text;
using Apc.GraphQL.Execution.Writing;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Introspection;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The part of a field's plan that is the same in every document. Made when the field is first selected, and kept.</summary>
internal sealed class FieldTemplate
{
    private readonly byte[] _firstPrefix;
    private readonly byte[] _nextPrefix;

    public FieldTemplate(ObjectType parentType, FieldDefinition definition)
    {
        ParentType = parentType;
        Definition = definition;
        Resolver = definition.Resolver;
        LeafCompletion = definition.Type.Named is LeafType ? Completion.OfLeaf(definition.Type) : null;
        Writer = definition == MetaFields.TypeName ? TypeNameWriter.Instance : WriterFor(definition);
        _firstPrefix = Prefix(definition.Name, isFirst: true);
        _nextPrefix = Prefix(definition.Name, isFirst: false);
    }

    /// <summary>The type that has the field.</summary>
    public ObjectType ParentType { get; }

    /// <summary>The field.</summary>
    public FieldDefinition Definition { get; }

    /// <summary>The source of its values; null for <c>__typename</c>.</summary>
    public FieldResolver? Resolver { get; }

    /// <summary>The field as messages name it: <c>Type.field</c>.</summary>
    public string Coordinate => $"{ParentType.Name}.{Definition.Name}";

    /// <summary>The completion of a leaf or of lists of it; null for a field with a selection of its own.</summary>
    public Completion? LeafCompletion { get; }

    /// <summary>How the field is written if neither it nor anything below it takes part in the resolve phase.</summary>
    public FieldWriter Writer { get; }

    /// <summary>
    /// The bytes before the value in UTF-8: the brace or comma, the response name in quotes, the colon. Names are ASCII and need no
    /// escaping. For <c>__typename</c> the bytes include the value, since the type is known.
    /// </summary>
    public byte[] PrefixFor(string responseName, bool isFirst) => responseName == Definition.Name
        ? isFirst ? _firstPrefix : _nextPrefix
        : Prefix(responseName, isFirst);

    private static FieldWriter WriterFor(FieldDefinition definition) => definition.Resolver switch
    {
        PureResolver pure => pure.Accept(new PureFieldWriterChooser(pure, definition.Type)),
        _ => ResolvedFieldWriter.Instance,
    };

    private byte[] Prefix(string responseName, bool isFirst)
    {
        var length = responseName.Length + 4;
        var isTypeName = Writer is TypeNameWriter;
        var prefix = new byte[isTypeName ? length + ParentType.Name.Length + 2 : length];
        prefix[0] = isFirst ? (byte)'{' : (byte)',';
        prefix[1] = prefix[length - 2] = (byte)'"';
        prefix[length - 1] = (byte)':';
        Encoding.ASCII.GetBytes(responseName, prefix.AsSpan(2));

        if (isTypeName)
        {
            prefix[length] = prefix[^1] = (byte)'"';
            Encoding.ASCII.GetBytes(ParentType.Name, prefix.AsSpan(length + 1));
        }

        return prefix;
    }
}
