using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

/// <summary>Messages name the option that refuses a request as the application calls it, and no option where it has no name.</summary>
public class OptionNameTests
{
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "{ a b c d e f g h i j k }", "{}", "The document has more than 12 tokens (my-MaxTokens)." },
        { "{ x: __schema { types { name } } }", "{}", "The operation selects fields of introspection 2 deep; at most 1 are allowed (my-MaxIntrospectionDepth)." },
        { "{ node { child { name } } }", "{}", "The operation costs 3; at most 2 are allowed (my-MaxCost)." },
        { "{ node { name } }", """{"a":1,"b":2}""", "The variables hold too many values; at most 1 are allowed (my-MaxVariableValues)." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_message_names_the_option_that_refuses(string document, string variables, string message)
    {
        Assert.Contains($"\"{message}\"", await AskAsync(document, variables, new(option => $"my-{option}")), StringComparison.Ordinal);
        var nameless = message[..message.IndexOf(" (", StringComparison.Ordinal)];
        Assert.Contains($"\"{nameless}.\"", await AskAsync(document, variables, new(_ => null)), StringComparison.Ordinal);
        Assert.Contains($"\"{nameless}.\"", await AskAsync(document, variables, names: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_not_trusted_is_told_which_option_refuses_it()
    {
        var options = new GraphQLExecutorOptions { OnlyTrustedDocuments = true, OptionNames = new(option => $"my-{option}") };
        var answer = await Run.Async(new GraphQLExecutor(Node.Schema(new Node("a")), options), GraphQLRequest.For("{ node { name } }"));

        Assert.Equal(
            Expect.Refused(Expect.Error(
                "Only trusted documents are executed here, and this is none (my-OnlyTrustedDocuments).", "DOCUMENT_NOT_TRUSTED", [])),
            answer.Text);
    }

    private static async Task<string> AskAsync(string document, string variables, Errors.OptionNames? names)
    {
        var options = new GraphQLExecutorOptions
        {
            Parser = new() { MaxTokens = 12 },
            Limits = new() { MaxIntrospectionDepth = 1, MaxCost = 2, MaxVariableValues = 1 },
        };
        var executor = new GraphQLExecutor(
            Node.Schema(new Node("a")), names is null ? options : options with { OptionNames = names });
        return (await Run.Async(executor, GraphQLRequest.For(document, variables))).Text;
    }
}
