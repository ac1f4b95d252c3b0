using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Which callers may see the schema.</summary>
public enum IntrospectionAccess
{
    /// <summary>All callers: the schema is published with the product.</summary>
    All,

    /// <summary>Callers with a valid token.</summary>
    SignedIn,

    /// <summary>No caller.</summary>
    Off,
}

/// <summary>What GraphQL requests may do.</summary>
public sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>Which callers may see the schema: All, SignedIn or Off. All unless set.</summary>
    [EnumDataType(typeof(IntrospectionAccess))]
    public IntrospectionAccess Introspection { get; init; } = IntrospectionAccess.All;

    /// <summary>
    /// Time allowed for a request. 100 ms to 10 minutes; 10 seconds unless set. Fields that register or reconcile clusters have longer
    /// times.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether clients may send the SHA-256 of a stored document alone (automatic persisted queries). On unless set.</summary>
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

    /// <summary>Most levels of nested fields, the root field being the first. 1 to 100; 10 unless set.</summary>
    [Range(1, 100)]
    public int MaxDepth { get; init; } = 10;

    /// <summary>The same inside `__schema` and `__type`. 1 to 100; 20 unless set.</summary>
    [Range(1, 100)]
    public int MaxIntrospectionDepth { get; init; } = 20;

    /// <summary>Most aliases of a document. 0 to 10,000; 30 unless set.</summary>
    [Range(0, 10_000)]
    public int MaxAliases { get; init; } = 30;

    /// <summary>How often an operation may select the same root field; `__schema` a fifth as often. 1 to 10,000; 15 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxRootFieldRepeats { get; init; } = 15;

    /// <summary>Most directives at one place. 0 to 1,000; 4 unless set.</summary>
    [Range(0, 1_000)]
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>Most directives of a document. 0 to 10,000; 50 unless set.</summary>
    [Range(0, 10_000)]
    public int MaxDirectives { get; init; } = 50;

    /// <summary>
    /// Highest price of an operation: a field costs 1, and a field of a list's elements counts once for each element. 0 to 1,000,000,000;
    /// 10,000 unless set.
    /// </summary>
    [Range(typeof(long), "0", "1000000000")]
    public long MaxCost { get; init; } = 10_000;

    /// <summary>
    /// Most selections that are examined to plan an operation: fields and fragments, each for every type that it may apply to. 1 to
    /// 1,000,000; 20,000 unless set.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxPlannedSelections { get; init; } = 20_000;

    /// <summary>Most errors that are reported of one document. 1 to 1,000; 100 unless set.</summary>
    [Range(1, 1_000)]
    public int MaxValidationErrors { get; init; } = 100;

    /// <summary>Most elements of lists and members of objects in the variables, at any depth. 0 to 1,000,000; 20,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxVariableValues { get; init; } = 20_000;
}

/// <summary>How GraphQL requests and responses travel over HTTP, event streams and WebSockets.</summary>
public sealed class GraphQLTransportsOptions
{
    public const string Section = "GraphQL:Transports";

    /// <summary>Fewest bytes of a response that is compressed for clients that accept it. 0 to 2,000,000,000; 1,024 unless set.</summary>
    [Range(0, 2_000_000_000)]
    public int CompressionThreshold { get; init; } = 1_024;

    /// <summary>
    /// Interval of keep-alive messages on a quiet event stream or WebSocket, and the time a WebSocket has to answer one. 1 second to 1
    /// hour; 12 seconds unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// How long a subscriber may take to accept a message; then it is cut off. 100 ms to 10 minutes; 10 seconds unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most event streams and WebSockets at once; further ones are answered with 503. 0 to 1,000,000; 10,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Most of them without a token; at most 3/4 of <see cref="MaxConnections"/>. 0 to 1,000,000; 1,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxAnonymousConnections { get; init; } = 1_000;

    /// <summary>
    /// Most of them without a token, or before it is shown, from one IPv4 address or IPv6 network of 64 bits. 1 to 1,000,000; 250 unless
    /// set.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxAnonymousConnectionsPerAddress { get; init; } = 250;

    /// <summary>Most operations at the same time on one WebSocket. 1 to 10,000; 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxOperationsPerConnection { get; init; } = 100;

    /// <summary>How long a WebSocket may take to send `connection_init`. 100 ms to 10 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ConnectionInitTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>GraphQL documents that are known from the start; clients name them by the SHA-256 of their text.</summary>
public sealed class TrustedDocumentsOptions : IValidatableObject
{
    public const string Section = "GraphQL:TrustedDocuments";

    /// <summary>
    /// A folder with a document in each file <c>*.graphql</c> or <c>*.gql</c>, also in the folders inside it, read once at start. None
    /// unless set.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Whether only the documents of the <see cref="Folder"/> are executed. Off unless set.</summary>
    public bool Only { get; init; }

    /// <summary>Whether documents that do not fit the schema are left out with a warning, or stop the start. Off unless set.</summary>
    public bool AllowInvalid { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Only && string.IsNullOrEmpty(Folder))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Only)} is set, but {Section}:{nameof(Folder)} is not: no request could be answered.");
        }
    }
}
