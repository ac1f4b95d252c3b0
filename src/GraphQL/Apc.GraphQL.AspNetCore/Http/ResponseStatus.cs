using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>Chooses the status of a response.</summary>
/// <remarks>
/// https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes, with two exceptions. A document with a syntax error or a validation
/// error is 400 in both media types, because existing clients expect it. A persisted query that is not stored is 200, as clients of
/// persisted queries expect.
/// </remarks>
internal static class ResponseStatus
{
    public static int Of(ResponseKind kind, MediaType mediaType) => kind switch
    {
        ResponseKind.Executed or ResponseKind.PersistedQueryNotFound => StatusCodes.Status200OK,
        ResponseKind.SideEffectsRefused => StatusCodes.Status405MethodNotAllowed,
        ResponseKind.VariablesInvalid when mediaType.IsLegacy => StatusCodes.Status200OK,
        _ => StatusCodes.Status400BadRequest,
    };
}
