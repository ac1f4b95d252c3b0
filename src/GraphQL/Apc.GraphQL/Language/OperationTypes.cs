using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>The keywords of the three kinds of operations.</summary>
internal static class OperationTypes
{
    public static string WordOf(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };
}
