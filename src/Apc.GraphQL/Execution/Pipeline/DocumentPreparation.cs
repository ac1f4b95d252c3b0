using System.Text;
using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>Makes a document ready: unescapes, parses, checks limits, validates. Depends on nothing but the document.</summary>
internal sealed class DocumentPreparation(FieldTemplates templates, GraphQLExecutorOptions options)
{
    /// <summary>The prepared document; a rejected one where anything is wrong with it.</summary>
    public PreparedDocument Prepare(GraphQLRequest request)
    {
        // What parsing and planning leave behind is the best estimate of what the document will hold.
        var before = GC.GetAllocatedBytesForCurrentThread();

        try
        {
            var document = GraphQLParser.Parse(new Source(TextOf(request)));
            var errors = DocumentValidator.Validate(templates.Schema, document);

            if (errors.Count > 0)
            {
                return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.ValidationFailed, errors));
            }

            var fragments = new FragmentTable(document);
            var operations = new List<PreparedOperation>();

            foreach (var definition in document.Definitions)
            {
                if (definition is OperationDefinitionNode operation)
                {
                    operations.Add(new PreparedOperation(document, operation, fragments, templates, options));
                }
            }

            return PreparedDocument.Accepted(operations, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (SyntaxErrorException e)
        {
            return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.ParseFailed, [GraphQLError.From(e)]));
        }
        catch (DocumentLimitException e)
        {
            return PreparedDocument.Rejected(new RequestRefusal(ResponseKind.LimitExceeded, [
                new GraphQLError(e.Message) { Locations = [e.Location], Code = ErrorCodes.LimitExceeded }]));
        }
        catch (PlanLimitException e)
        {
            return PreparedDocument.Rejected(RequestRefusal.Of(ResponseKind.LimitExceeded, ErrorCodes.LimitExceeded, e.Message));
        }
    }

    private static string TextOf(GraphQLRequest request)
    {
        var bytes = request.Document.Span;
        return request.IsEscaped && bytes.Contains((byte)'\\') ? Unescape(bytes) : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The JSON reader knows all escapes; it wants the quotes back.</summary>
    private static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var quoted = new byte[bytes.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        bytes.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
