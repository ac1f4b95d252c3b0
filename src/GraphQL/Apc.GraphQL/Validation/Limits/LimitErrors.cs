using System.Globalization;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Makes the errors for limits: what was found, the limit, and the application's name for the option, if it has one.</summary>
internal sealed class LimitErrors(DocumentNode document, OptionNames? names)
{
    private List<GraphQLError>? _errors;

    public IReadOnlyList<GraphQLError> All => _errors ?? (IReadOnlyList<GraphQLError>)[];

    public static GraphQLError Create(string finding, long limit, string option, OptionNames? names)
        => new($"{finding}; at most {Number.Of(limit)} are allowed{names?.Mention(option)}.") { Code = ErrorCodes.LimitExceeded };

    public void Add(string finding, long limit, string option, params IReadOnlyList<SyntaxNode> nodes)
        => (_errors ??= []).Add((Create(finding, limit, option, names) with { Nodes = nodes }).LocatedIn(document.Source));
}

/// <summary>Numbers in messages.</summary>
internal static class Number
{
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
