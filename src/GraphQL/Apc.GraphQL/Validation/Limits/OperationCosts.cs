using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Computes the prices of the operations of a document, those of fragments once for all operations. Not thread-safe.</summary>
/// <remarks>The document need not be valid: a field that the schema does not have costs 1, and so does each field inside it.</remarks>
public sealed class OperationCosts
{
    private readonly CostProgram _program = new();
    private readonly CostCompiler _compiler;

    /// <summary>The prices for a document. They are computed by <see cref="Of"/>.</summary>
    /// <param name="schema">The schema of the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="sizeArgument">See <see cref="DocumentLimits.SizeArgument"/>.</param>
    public OperationCosts(Schema schema, DocumentNode document, string? sizeArgument = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        _compiler = new CostCompiler(schema, new DocumentFragments(document), sizeArgument, _program);
    }

    /// <summary>The price of one of the document's operations.</summary>
    public OperationCost Of(OperationDefinitionNode operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new OperationCost(_program, _compiler.CostOf(operation));
    }
}
