using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Language;
using Apc.GraphQL.Validation.Limits;

namespace Apc.Conformance;

/// <summary>Limits that no document of the comparison reaches: the reference has none.</summary>
internal static class Limits
{
    public static GraphQLExecutorOptions Raised { get; } = new()
    {
        Timeout = Timeout.InfiniteTimeSpan,
        ErrorFilter = new PlainErrors(),
        Parser = new ParserOptions { MaxTokens = int.MaxValue, MaxNesting = 500 },
        Limits = new DocumentLimits
        {
            MaxDepth = int.MaxValue,
            MaxIntrospectionDepth = int.MaxValue,
            MaxAliases = int.MaxValue,
            MaxRootFieldRepeats = int.MaxValue,
            MaxDirectivesPerLocation = int.MaxValue,
            MaxDirectives = int.MaxValue,
            MaxCost = long.MaxValue,
        },
    };
}
