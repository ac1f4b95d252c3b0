using System.Runtime.CompilerServices;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>The state that the rules share while one document is validated: schema, document, types at the current node, errors.</summary>
internal sealed class ValidationContext(Schema schema, DocumentNode document, int maxErrors)
{
    /// <summary>
    /// Most characters of all errors of one document together. Each error may quote a name that is as long as the document.
    /// </summary>
    private const int MaxErrorSize = 200_000;

    /// <summary>Approximate number of characters of a location in a response.</summary>
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

    /// <summary>Adds an error with the locations of its nodes and its code.</summary>
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

        // The length before shortening counts: it is the work that was done.
        _errorSize += error.Message.Length + ((long)error.Nodes.Count * PlaceSize);
        Add(error.Shortened());
    }

    /// <summary>Adds the error that reports why the validation stopped.</summary>
    public void ReportAbort(ValidationAbortedException aborted) => Add(new GraphQLError(aborted.Message));

    /// <summary>Call it before following spreads recursively: only the size of the document bounds the depth.</summary>
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

/// <summary>Ends a validation early. It is caught inside the validator.</summary>
internal sealed class ValidationAbortedException(string message) : Exception(message)
{
    public const string TooManyErrors = "Too many validation errors, error limit reached. Validation aborted.";
    public const string TooMuchWork = "Validation aborted.";
}
