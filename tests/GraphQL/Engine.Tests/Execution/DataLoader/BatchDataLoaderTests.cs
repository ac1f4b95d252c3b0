using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.DataLoader;

public class BatchDataLoaderTests
{
    [Fact]
    public async Task Loads_the_keys_of_one_level_in_one_batch()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Data("""{"a":{"text":"one"},"b":{"text":"two"},"c":{"text":"one"},"list":[{"text":"three"},{"text":"four"}]}"""),
            await AnswerAsync(loader, "{ a: word(id: 1) { text } b: word(id: 2) { text } c: word(id: 1) { text } list: words(ids: [3, 4]) { text } }"));
        Assert.Equal(["1 2 3 4"], loader.Batches);
    }

    [Fact]
    public async Task Loads_each_level_in_one_batch_and_each_key_once()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Data(
                """{"words":[{"next":{"text":"two","next":{"text":"three"}}},{"next":{"text":"three","next":{"text":"four"}}},{"next":{"text":"four","next":{"text":"five"}}}]}"""),
            await AnswerAsync(loader, "{ words(ids: [1, 2, 3]) { next { text next { text } } } }"));
        Assert.Equal(["1 2 3", "4", "5"], loader.Batches);
    }

    [Fact]
    public async Task Waits_for_delegates_that_load_one_key_after_another()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Data("""{"a":"one+two","b":"three+four"}"""),
            await AnswerAsync(loader, "{ a: pair(id: 1) b: pair(id: 3) }"));
        Assert.Equal(["1 3", "2 4"], loader.Batches);
    }

    [Fact]
    public async Task Collects_keys_of_fields_that_become_ready_together_however_they_were_loaded()
    {
        var loader = new WordLoader { CompletesLater = true };

        Assert.Equal(
            Expect.Data("""{"words":[{"next":{"next":{"text":"three"}}},{"next":{"next":{"text":"five"}}}],"other":{"next":{"text":"seven"}}}"""),
            await AnswerAsync(loader, "{ words(ids: [1, 3]) { next { next { text } } } other: word(id: 6) { next { text } } }"));
        Assert.Equal(["1 3 6", "2 4 7", "5"], loader.Batches.Select(b => string.Join(' ', b.Split(' ').Order())));
    }

    [Fact]
    public async Task Answers_null_for_a_key_that_the_batch_does_not_have()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Data("""{"a":null,"b":{"text":"one"}}"""),
            await AnswerAsync(loader, "{ a: word(id: 99) { text } b: word(id: 1) { text } }"));
        Assert.Equal(["99 1"], loader.Batches);
    }

    [Fact]
    public async Task Fails_the_fields_of_a_batch_that_fails_and_no_others()
    {
        var loader = new WordLoader { Size = 2 };

        Assert.Equal(
            Expect.Failed(
                """{"a":{"text":"one"},"b":{"text":"two"},"bad":null,"c":null,"d":{"text":"four"}}""",
                Expect.Masked(47, "bad"),
                Expect.Masked(72, "c")),
            await AnswerAsync(
                loader, "{ a: word(id: 1) {text} b: word(id: 2) {text} bad: word(id: -1) {text} c: word(id: 3) {text} d: word(id: 4) {text} }"));
        Assert.Equal(["1 2", "-1 3", "4"], loader.Batches);
    }

    [Fact]
    public async Task Fails_a_single_key_that_its_batch_refuses()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Failed("""{"a":{"text":"one"},"bad":null}""", Expect.Error("Word 13 is bad luck.", "BAD_USER_INPUT", [(1, 28)], ["bad"])),
            await AnswerAsync(loader, "{ a: word(id: 1) { text }  bad: word(id: 13) { text } }"));
        Assert.Equal(["1 13"], loader.Batches);
    }

    [Fact]
    public async Task Loads_anew_after_each_field_of_a_mutation()
    {
        var loader = new WordLoader();

        Assert.Equal(
            Expect.Data("""{"a":{"text":"one"},"b":{"text":"ONE"}}"""),
            await AnswerAsync(loader, "mutation { a: shout(id: 1, yes: false) { text } b: shout(id: 1, yes: true) { text } }"));
        Assert.Equal(["1", "1"], loader.Batches);
    }

    [Fact]
    public async Task Passes_the_requests_token_to_the_batch()
    {
        using var source = new CancellationTokenSource();
        var loader = new WordLoader();
        var executor = new GraphQLExecutor(Schema, new() { Timeout = Timeout.InfiniteTimeSpan });

        await Run.Async(executor, GraphQLRequest.For("{ word(id: 1) { text } }"), new TestRequest(source.Token, loader));

        Assert.Equal(source.Token, loader.Token);
    }

    [Fact]
    public async Task Loads_outside_a_request_too()
    {
        var loader = new WordLoader();
        var cancellationToken = TestContext.Current.CancellationToken;

        var words = await Task.WhenAll(loader.LoadAsync(1, cancellationToken), loader.LoadAsync(2, cancellationToken));

        Assert.Equal(["one", "two"], words.Select(w => w!.Text));
    }

    [Fact]
    public async Task Loads_nothing_for_a_caller_who_has_left()
    {
        var loader = new WordLoader();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loader.LoadAsync(1, new CancellationToken(canceled: true)));
        Assert.Empty(loader.Batches);
    }

    [Fact]
    public async Task Says_which_loader_is_not_registered()
    {
        var executor = new GraphQLExecutor(Schema, new() { ErrorFilter = new Unmasked() });
        var answer = await Run.Async(executor, GraphQLRequest.For("{ word(id: 1) { text } }"));
        Assert.Contains("WordLoader is not registered as a service.", answer.Text, StringComparison.Ordinal);
    }

    private static readonly ObjectType WordType = new("Word", () => [
        Pure<Word, string>("text", Text, w => w.Text),
        Later("next", WordType!, async c => await c.Loader<WordLoader>().LoadAsync(((Word)c.Parent!).Id + 1, c.CancellationToken)),
    ], clrType: typeof(Word));

    private static readonly Schema Schema = new(
        Object(
            "Query",
            Later("word", WordType, async c => await c.Loader<WordLoader>().LoadAsync((int)c.Arguments[0]!, c.CancellationToken), Argument("id", Int)),
            Later(
                "words",
                WordType.List(),
                async c => await Task.WhenAll(
                    ((object?[])c.Arguments[0]!).Select(id => c.Loader<WordLoader>().LoadAsync((int)id!, c.CancellationToken))),
                Argument("ids", Int.List())),
            Later(
                "pair",
                Text,
                async c =>
                {
                    var first = await c.Loader<WordLoader>().LoadAsync((int)c.Arguments[0]!, c.CancellationToken);
                    var second = await c.Loader<WordLoader>().LoadAsync((int)c.Arguments[0]! + 1, c.CancellationToken);
                    return $"{first!.Text}+{second!.Text}";
                },
                Argument("id", Int))),
        Object(
            "Mutation",
            Later(
                "shout",
                WordType,
                async c =>
                {
                    c.Loader<WordLoader>().Shouts = (bool)c.Arguments[1]!;
                    return await c.Loader<WordLoader>().LoadAsync((int)c.Arguments[0]!, c.CancellationToken);
                },
                Argument("id", Int),
                Argument("yes", Flag))));

    private static async Task<string> AnswerAsync(WordLoader loader, string document)
        => (await Run.Async(new GraphQLExecutor(Schema), GraphQLRequest.For(document), new TestRequest(default, loader))).Text;

    private sealed record Word(int Id, string Text);

    private sealed class WordLoader : BatchDataLoader<int, Word>
    {
        private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven"];

        public List<string> Batches { get; } = [];

        public int Size { get; init; } = 100;

        public bool CompletesLater { get; init; }

        public bool Shouts { get; set; }

        public CancellationToken Token { get; private set; }

        protected override int MaxBatchSize => Size;

        protected override async Task<IReadOnlyDictionary<int, Word>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            Batches.Add(string.Join(' ', keys));

            if (CompletesLater)
            {
                await Task.Yield();
            }

            if (keys.Contains(-1))
            {
                throw new InvalidOperationException();
            }

            if (keys.Contains(13))
            {
                Refuse(13, new CoercionException("Word 13 is bad luck."));
            }

            return keys.Where(k => k < Words.Length).ToDictionary(k => k, k => new Word(k, Shouts ? Words[k].ToUpperInvariant() : Words[k]));
        }
    }

    private sealed class Unmasked : IErrorFilter
    {
        public Errors.GraphQLError OnError(Errors.GraphQLError error) => error with { Message = error.Exception?.Message ?? error.Message };
    }
}
