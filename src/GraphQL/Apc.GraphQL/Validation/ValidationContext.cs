using System.Runtime.CompilerServices;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>What the rules share while one document is validated: the schema, the document, where the walk is, and the errors.</summary>
internal sealed class ValidationContext(Schema schema, DocumentNode document, int maxErrors)
{
    /// <summary>What the errors of one document may take together, in characters. A name as long as the document may stand in each of them.</summary>
    private const int MaxErrorSize = 200_000;

    /// <summary>Characters that a place takes in a response, about.</summary>
    private const int PlaceSize = 24;

    private List<GraphQLError>? _errors;
    private long _errorSize;
    private VariableUsages? _variableUsages;

    public Schema Schema { get; } = schema;

    public DocumentNode Document { get; } = document;

    public TypeInfo Types { get; } = new(schema);

    public DocumentFragments Fragments { get; } = new(document);

    public VariableUsages VariableUsages => _variableUsages ??= new VariableUsages(this);

    public IReadOnlyList<GraphQLError> Errors => _errors ?? (IReadOnlyList<GraphQLError>)[];

    /// <summary>Adds an error, with the places of its nodes and its code.</summary>
    /// <exception cref="ValidationAbortedException">There are enough errors already.</exception>
    public void Report(GraphQLError error)
    {
        if (_errorSize > MaxErrorSize)
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooMuchWork);
        }

        if (_errors?.Count >= maxErrors)
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooManyErrors);
        }

        // As it was worded, not as it is shown: wording it was the work.
        _errorSize += error.Message.Length + ((long)error.Nodes.Count * PlaceSize);
        Add(error.Shortened());
    }

    /// <summary>Adds the error that says why there are no further ones.</summary>
    public void ReportAbort(ValidationAbortedException aborted) => Add(new GraphQLError(aborted.Message));

    /// <summary>To be called before following spreads in recursion: the number of fragments is bounded by the size of the document alone.</summary>
    /// <exception cref="ValidationAbortedException">The stack is nearly used up.</exception>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooMuchWork);
        }
    }

    private void Add(GraphQLError error)
        => (_errors ??= []).Add(error.LocatedIn(Document.Source) with { Code = ErrorCodes.ValidationFailed });
}
