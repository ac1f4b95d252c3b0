using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Writing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>The reason why a request is not executed.</summary>
internal sealed record RequestRefusal(ResponseKind Kind, IReadOnlyList<GraphQLError> Errors, OperationType? Operation = null)
{
    /// <summary>A refusal with one error.</summary>
    public static RequestRefusal Of(ResponseKind kind, string code, string message, OperationType? operation = null)
        => new(kind, [new GraphQLError(LongText.Shorten(message)) { Code = code }], operation);

    /// <summary>The same with the locations of the errors' nodes.</summary>
    public RequestRefusal LocatedIn(Source source) => this with { Errors = [.. Errors.Select(e => e.LocatedIn(source))] };

    /// <summary>Writes the response.</summary>
    /// <param name="writer">The response is appended to it.</param>
    /// <param name="suggests">Whether messages may suggest names of the schema.</param>
    public GraphQLResponse WriteTo(JsonWriter writer, bool suggests = true)
    {
        ErrorWriter.WriteResponse(writer, Errors, suggests);
        return new GraphQLResponse(Kind, Operation, HasErrors: true);
    }
}
