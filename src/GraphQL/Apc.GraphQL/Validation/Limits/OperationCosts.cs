using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Prices the operations of a document; what their fragments cost is found once for all of them. For one thread.</summary>
/// <remarks>The document need not be valid: a field that the schema does not know costs 1, and so does each inside it.</remarks>
public sealed class OperationCosts
{
    private readonly CostProgram _program = new();
    private readonly CostCompiler _compiler;

    /// <summary>Nothing is computed yet.</summary>
    /// <param name="schema">The schema that the document is for.</param>
    /// <param name="document">The document.</param>
    /// <param name="sizeArgument"><see cref="DocumentLimits.SizeArgument"/>.</param>
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
