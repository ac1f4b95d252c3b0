using System.Globalization;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Words what goes too far: what was found, what is allowed, and the option that allows it.</summary>
internal sealed class LimitErrors(DocumentNode document)
{
    private List<GraphQLError>? _errors;

    public IReadOnlyList<GraphQLError> All => _errors ?? (IReadOnlyList<GraphQLError>)[];

    public static GraphQLError Create(string finding, long limit, string option)
        => new($"{finding}; at most {Number.Of(limit)} are allowed ({DocumentLimits.Section}:{option}).") { Code = ErrorCodes.LimitExceeded };

    public void Add(string finding, long limit, string option, params IReadOnlyList<SyntaxNode> nodes)
        => (_errors ??= []).Add((Create(finding, limit, option) with { Nodes = nodes }).LocatedIn(document.Source));
}

/// <summary>Numbers in messages.</summary>
internal static class Number
{
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
