using Apc.ControlPlane.Api.Common.Errors;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Accounts for the root fields that a caller may not read, besides telling them so.</summary>
public sealed class RefusedReads(DomainErrorFilter errors, RefusedAccess refused) : IErrorFilter
{
    public GraphQLError OnError(GraphQLError error) => OnError(error, field: null);

    public GraphQLError OnError(GraphQLError error, ResolverContext? field)
    {
        var told = errors.OnError(error, field);

        if (field is not null && error.Exception is not null && told.Code is { } code)
        {
            refused.Read(field, code, told.Message);
        }

        return told;
    }
}
