using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Who may see the schema.</summary>
public enum IntrospectionAccess
{
    /// <summary>Everybody: the schema is published with the product.</summary>
    All,

    /// <summary>Callers with a valid token.</summary>
    SignedIn,

    /// <summary>Nobody.</summary>
    Off,
}

/// <summary>What GraphQL requests may do.</summary>
public sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>Who may see the schema: All, SignedIn or Off. All unless set.</summary>
    [EnumDataType(typeof(IntrospectionAccess))]
    public IntrospectionAccess Introspection { get; init; } = IntrospectionAccess.All;

    /// <summary>Time allowed for a request. 100 ms to 10 minutes; 10 seconds unless set. Registering and reconciling clusters have longer times of their own.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether clients may store documents under their SHA-256 and then send that alone (automatic persisted queries). On unless set.</summary>
    public bool PersistedQueries { get; init; } = true;

    /// <summary>Documents that clients name by an id.</summary>
    public TrustedDocumentsOptions TrustedDocuments { get; init; } = new();

    /// <summary>How much a request may ask for.</summary>
    public GraphQLLimitsOptions Limits { get; init; } = new();

    /// <summary>How requests and responses travel.</summary>
    public GraphQLTransportsOptions Transports { get; init; } = new();
}

/// <summary>How much a GraphQL request may ask for. A request over a limit is refused before anything is done.</summary>
public sealed class GraphQLLimitsOptions
{
    public const string Section = "GraphQL:Limits";

    /// <summary>Largest request body, in bytes. 1,000 to 100,000,000; 1,000,000 unless set.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxBodyBytes { get; init; } = 1_000_000;

    /// <summary>Most tokens of a document. 1 to 1,000,000; 5,000 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxTokens { get; init; } = 5_000;

    /// <summary>Deepest nesting of braces and brackets. 1 to 500; 200 unless set.</summary>
    [Range(1, 500)]
    public int MaxNesting { get; init; } = 200;

    /// <summary>Most fields inside each other, the root field being the first. 1 to 100; 10 unless set.</summary>
    [Range(1, 100)]
    public int MaxDepth { get; init; } = 10;

    /// <summary>The same inside `__schema` and `__type`. 1 to 100; 20 unless set.</summary>
    [Range(1, 100)]
    public int MaxIntrospectionDepth { get; init; } = 20;

    /// <summary>Most aliases of a document. 0 to 10,000; 30 unless set.</summary>
    [Range(0, 10_000)]
    public int MaxAliases { get; init; } = 30;

    /// <summary>How often an operation may select the same root field, and `__schema` a fifth as often. 1 to 10,000; 15 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxRootFieldRepeats { get; init; } = 15;

    /// <summary>Most directives at one place. 0 to 1,000; 4 unless set.</summary>
    [Range(0, 1_000)]
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>Most directives of a document. 0 to 10,000; 50 unless set.</summary>
    [Range(0, 10_000)]
    public int MaxDirectives { get; init; } = 50;

    /// <summary>Highest price of an operation: a field costs 1, what stands in a list counts once for each element. 0 to 1,000,000,000; 10,000 unless set.</summary>
    [Range(typeof(long), "0", "1000000000")]
    public long MaxCost { get; init; } = 10_000;

    /// <summary>Most selections that are looked at to plan an operation: fields and fragments, each for every type that it may meet. 1 to 1,000,000; 20,000 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxPlannedSelections { get; init; } = 20_000;

    /// <summary>Most errors that are reported of one document. 1 to 1,000; 100 unless set.</summary>
    [Range(1, 1_000)]
    public int MaxValidationErrors { get; init; } = 100;

    /// <summary>Most values in the variables: elements of lists and members of objects, at any depth. 0 to 1,000,000; 20,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxVariableValues { get; init; } = 20_000;
}
