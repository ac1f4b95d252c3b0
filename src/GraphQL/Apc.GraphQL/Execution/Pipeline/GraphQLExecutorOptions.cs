using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Validation;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>How requests are executed. All limits are on by default.</summary>
public sealed record GraphQLExecutorOptions
{
    /// <summary>
    /// Time allowed for one request; then its token is cancelled. 10 seconds unless set;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> switches it off.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the caller of the request may select <c>__schema</c> and <c>__type</c>, and see suggestions for misspelt names. Null allows
    /// it to every caller.
    /// </summary>
    public Func<RequestContext, bool>? AllowsIntrospection { get; init; }

    /// <summary>Decides what callers see of field errors; null to mask exceptions as <c>Internal error</c>.</summary>
    public IErrorFilter? ErrorFilter { get; init; }

    /// <summary>Limits of the parser.</summary>
    public ParserOptions Parser { get; init; } = ParserOptions.Default;

    /// <summary>Limits of a document and of its operations.</summary>
    public DocumentLimits Limits { get; init; } = DocumentLimits.Default;

    /// <summary>How documents are validated.</summary>
    public ValidationOptions Validation { get; init; } = ValidationOptions.Default;

    /// <summary>Most prepared documents in the cache. 2,000 unless set.</summary>
    public int MaxCachedDocuments { get; init; } = 2_000;

    /// <summary>Memory for prepared documents in the cache, in bytes, estimated. 16 MB unless set.</summary>
    public long MaxCachedDocumentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most rejected documents in the cache, with their errors. 500 unless set.</summary>
    public int MaxCachedRejections { get; init; } = 500;

    /// <summary>Memory for rejected documents in the cache, in bytes. 2 MB unless set.</summary>
    public long MaxCachedRejectionBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Whether clients may store documents under their SHA-256 and then send only that. On unless set.</summary>
    /// <remarks>https://www.apollographql.com/docs/apollo-server/performance/apq</remarks>
    public bool PersistedQueries { get; init; } = true;

    /// <summary>Memory for documents that clients store, in bytes, estimated. 8 MB unless set.</summary>
    public long MaxPersistedQueryBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Documents that are known from the start, each by its SHA-256. None unless set.</summary>
    public IReadOnlyList<TrustedDocument> TrustedDocuments { get; init; } = [];

    /// <summary>
    /// Receives the errors of trusted documents that cannot be executed, one sentence each; these documents are left out. Null to throw a
    /// <see cref="TrustedDocumentException"/> instead.
    /// </summary>
    public Action<IReadOnlyList<string>>? LeaveOutTrustedDocuments { get; init; }

    /// <summary>Whether only <see cref="TrustedDocuments"/> are executed. Off unless set.</summary>
    public bool OnlyTrustedDocuments { get; init; }

    /// <summary>The names in error messages for options that refuse a request. Messages name no option unless set.</summary>
    public OptionNames OptionNames { get; init; } = OptionNames.None;

    /// <summary>The clock behind <see cref="Timeout"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
