using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>What the rules share while one type-system document is validated.</summary>
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

    /// <summary>The schema that is extended; null where the document stands alone.</summary>
    public Schema? Extended { get; }

    /// <summary>The types that the document defines; of two with one name the last.</summary>
    public Dictionary<string, TypeDefinitionNode> DefinedTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The nodes around the one that is visited, from the document inwards.</summary>
    public List<SyntaxNode> Ancestors { get; } = [];

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>
    /// The type of this name in the schema that is extended, or null. Not those of introspection: every schema makes its own, so that nothing can refer
    /// to them.
    /// </summary>
    public NamedType? FindExtended(string name)
        => Extended?.FindType(name) is { } type && !Extended.IsIntrospectionType(type) ? type : null;

    /// <summary>The names of those types.</summary>
    public IEnumerable<string> ExtendedNames => Extended?.Types.Values.Where(t => !Extended.IsIntrospectionType(t)).Select(t => t.Name) ?? [];

    /// <summary>The directive of this name, as the document or else the schema defines it; or null.</summary>
    public SdlDirective? FindDirective(string name) => _directives.GetValueOrDefault(name);

    public void Report(string message, params SyntaxNode[] nodes)
        => _errors.Add(new GraphQLError(message) { Nodes = nodes }.LocatedIn(Document.Source) with { Code = ErrorCodes.ValidationFailed });
}
