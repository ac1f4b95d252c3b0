using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Validation;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Prepares a document: unescapes, parses, checks limits, validates. The result depends only on the document, so that it can be cached for
/// all callers.
/// </summary>
internal sealed class DocumentPreparation(FieldTemplates templates, GraphQLExecutorOptions options)
{
    /// <summary>The prepared document; a rejected one if it has any error.</summary>
    public PreparedDocument Prepare(GraphQLRequest request)
    {
        // Almost everything that parsing allocates is kept in memory with the document. Plans are counted when they are made.
        var before = GC.GetAllocatedBytesForCurrentThread();

        if (!TryParse(request, out var document, out var refusal))
        {
            return PreparedDocument.Rejected(refusal!);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        if (LimitChecker.Check(document!, options.Limits, options.OptionNames) is { Count: > 0 } exceeded)
        {
            return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.LimitExceeded, exceeded));
        }

        if (DocumentValidator.Validate(templates.Schema, document!, options.Validation) is { Count: > 0 } errors)
        {
            return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.ValidationFailed, errors));
        }

        return Accept(document!, bytes);
    }

    private bool TryParse(GraphQLRequest request, out DocumentNode? document, out RequestRefusal? refusal)
    {
        document = null;
        refusal = null;

        try
        {
            document = GraphQLParser.Parse(new Source(DocumentText.Decode(request)), options.Parser);
            return true;
        }
        catch (SyntaxErrorException e)
        {
            refusal = new RequestRefusal(ResponseKind.ParseFailed, [GraphQLError.From(e)]);
        }
        catch (DocumentLimitException e)
        {
            refusal = new RequestRefusal(ResponseKind.LimitExceeded, [GraphQLError.From(e, options.OptionNames)]);
        }

        return false;
    }

    private PreparedDocument Accept(DocumentNode document, long bytes)
    {
        var fragments = new FragmentTable(document);
        var costs = new OperationCosts(templates.Schema, document, options.Limits.SizeArgument);
        var operations = new List<PreparedOperation>(1);

        try
        {
            foreach (var definition in document.Definitions)
            {
                if (definition is OperationDefinitionNode node)
                {
                    operations.Add(new PreparedOperation(document, node, fragments, templates, costs.Of(node), options));
                }
            }
        }
        catch (PlanLimitException)
        {
            var error = LimitChecker.TooLargeToPlan(options.Limits, options.OptionNames);
            return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.LimitExceeded, [error]));
        }

        return PreparedDocument.Accepted(operations, bytes);
    }
}
