using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>The state that the rules share while one type-system document is validated.</summary>
internal sealed class SdlContext
{
    private readonly List<GraphQLError> _errors = [];
    private readonly Dictionary<string, SdlDirective> _directives = new(StringComparer.Ordinal);

    public SdlContext(DocumentNode document, Schema? extended)
    {
        Document = document;
        Extended = extended;

        foreach (var directive in extended?.Directives.Values ?? BuiltInDirectives.All)
        {
            _directives[directive.Name] = SdlDirective.From(directive);
        }

        foreach (var node in document.Definitions)
        {
            if (node is DirectiveDefinitionNode directive)
            {
                _directives[directive.Name.Value] = SdlDirective.From(directive);
            }
            else if (node is TypeDefinitionNode type)
            {
                DefinedTypes[type.Name.Value] = type;
            }
        }
    }

    public DocumentNode Document { get; }

    /// <summary>The schema that is extended; null if the document stands alone.</summary>
    public Schema? Extended { get; }

    /// <summary>The types that the document defines; of several with the same name the last.</summary>
    public Dictionary<string, TypeDefinitionNode> DefinedTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The nodes around the one that is visited, from the document inwards.</summary>
    public List<SyntaxNode> Ancestors { get; } = [];

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>
    /// The type of this name in the extended schema, or null. Types of introspection are not found: each schema makes its own, and no
    /// definition may refer to them.
    /// </summary>
    public NamedType? FindExtended(string name)
        => Extended?.FindType(name) is { } type && !Extended.IsIntrospectionType(type) ? type : null;

    /// <summary>The names of the types that <see cref="FindExtended"/> finds.</summary>
    public IEnumerable<string> ExtendedNames
        => Extended?.Types.Values.Where(t => !Extended.IsIntrospectionType(t)).Select(t => t.Name) ?? [];

    /// <summary>The directive of this name in the document, else in the extended schema; or null.</summary>
    public SdlDirective? FindDirective(string name) => _directives.GetValueOrDefault(name);

    public void Report(string message, params SyntaxNode[] nodes)
        => _errors.Add(new GraphQLError(message) { Nodes = nodes, Code = ErrorCodes.ValidationFailed }.LocatedIn(Document.Source));
}
