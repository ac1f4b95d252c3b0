using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Validation;
using Apc.GraphQL.Validation.Limits;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Apc.Benchmarks.Engine;

/// <summary>The engine by its stages, and whole requests from their bytes to the bytes of the answer.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    // More documents than the cache keeps, so that each is new when its turn comes again.
    private const int NewDocuments = 5_000;

    private static readonly JsonWriter Writer = new(1 << 16);

    private readonly Schema _schema = EngineSchema.Create();
    private readonly EngineRequest _context = new();
    private readonly DocumentNode _byId = GraphQLParser.Parse(new Source(EngineDocuments.ById));
    private readonly GraphQLExecutorOptions _options = new();
    private readonly FieldTemplates _templates;
    private readonly GraphQLExecutor _executor;
    private readonly GraphQLRequest[] _new = [.. Enumerable.Range(0, NewDocuments).Select(i => GraphQLRequest.For(EngineDocuments.ByLiteralId(i)))];
    private readonly GraphQLRequest _typeName = GraphQLRequest.For(EngineDocuments.TypeName);
    private readonly GraphQLRequest _page = GraphQLRequest.For(EngineDocuments.Page, """{"take":50}""");
    private readonly GraphQLRequest _row = GraphQLRequest.For(EngineDocuments.ById, """{"id":"019a0000-0000-7000-8000-000000000007"}""");
    private readonly GraphQLRequest _introspection = GraphQLRequest.For(EngineDocuments.Introspection);
    private int _next;

    public EngineBenchmarks()
    {
        _templates = new FieldTemplates(_schema);
        _executor = new GraphQLExecutor(_schema, _options);
    }

    /// <summary>Runs the benchmarks in this process; the arguments are BenchmarkDotNet's, such as <c>--filter *Page*</c>.</summary>
    public static int Run(string[] arguments)
    {
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        BenchmarkSwitcher.FromTypes([typeof(EngineBenchmarks)]).Run(arguments is [] ? ["--filter", "*"] : arguments, config);
        return 0;
    }

    [Benchmark(Description = "lex the cluster query")]
    public int Lex()
    {
        var lexer = new Lexer(_byId.Source);
        var tokens = 0;

        for (var token = lexer.Read(0); token.Kind != TokenKind.EndOfFile; token = lexer.Read(token.End))
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(Description = "parse it")]
    public object Parse() => GraphQLParser.Parse(_byId.Source);

    [Benchmark(Description = "validate it")]
    public object Validate() => DocumentValidator.Validate(_schema, _byId);

    [Benchmark(Description = "plan it")]
    public object? Plan()
    {
        var node = (OperationDefinitionNode)_byId.Definitions[0];
        var operation = new PreparedOperation(
            _byId, node, new FragmentTable(_byId), _templates, new OperationCosts(_schema, _byId).Of(node), _options);
        return operation.PlanFor(VariableValues.None, out _);
    }

    [Benchmark(Description = "Q1: { __typename }")]
    public int TypeName() => Execute(_typeName);

    [Benchmark(Description = "Q2: 14 fields of one object, id as a variable")]
    public int ById() => Execute(_row);

    [Benchmark(Description = "Q2L: the same, a new document each time")]
    public int ByLiteralId() => Execute(_new[_next++ % NewDocuments]);

    [Benchmark(Description = "Q3: 50 objects with 10 pure fields each")]
    public int Page() => Execute(_page);

    [Benchmark(Description = "introspection of the whole schema")]
    public int Introspection() => Execute(_introspection);

    private int Execute(GraphQLRequest request)
    {
        Writer.RewindTo(0);
        var executing = _executor.ExecuteAsync(request, _context, Writer);
        return executing is { IsCompletedSuccessfully: true, Result: { Kind: ResponseKind.Executed, HasErrors: false } }
            ? Writer.Position
            : throw new InvalidOperationException("The request was not answered at once and without errors.");
    }
}
