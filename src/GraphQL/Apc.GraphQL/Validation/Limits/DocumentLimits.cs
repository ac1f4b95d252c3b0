namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// Limits of a document and of its operations. All limits are on by default; a document that exceeds one is not executed.
/// </summary>
public sealed record DocumentLimits
{
    // One selection of __schema counts as much as this number of selections of another root field.
    internal const int SchemaWeight = 5;

    /// <summary>The default limits.</summary>
    public static DocumentLimits Default { get; } = new();

    /// <summary>
    /// Most levels of nested fields; the root field is the first level, fragments do not count. At least 1; 10 unless set.
    /// </summary>
    public int MaxDepth { get; init; } = 10;

    /// <summary>
    /// Most levels of nested fields inside <c>__schema</c> and <c>__type</c>; the first field inside is the first level. At least 1; 20
    /// unless set.
    /// </summary>
    public int MaxIntrospectionDepth { get; init; } = 20;

    /// <summary>
    /// Most aliases in one operation, without those of <c>__typename</c>; those of a fragment count for each spread. At least 0; 30 unless
    /// set.
    /// </summary>
    public int MaxAliases { get; init; } = 30;

    /// <summary>
    /// How often one operation may select the same root field under different response names. <c>__typename</c> is not counted.
    /// <c>__schema</c>, whose value may be the whole schema, is allowed a fifth as often, but at least once. At least 1; 15 unless set.
    /// </summary>
    public int MaxRootFieldRepeats { get; init; } = 15;

    /// <summary>Most directives at one place. At least 0; 4 unless set.</summary>
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>Most directives in one document. At least 0; 50 unless set.</summary>
    public int MaxDirectives { get; init; } = 50;

    /// <summary>Highest price of one operation (see <see cref="OperationCost"/>). At least 0; 10,000 unless set.</summary>
    public long MaxCost { get; init; } = 10_000;

    /// <summary>
    /// The name of the argument with the number of list elements, such as <c>first</c>, for <see cref="OperationCost"/>. Null unless set:
    /// then all lists have the default size.
    /// </summary>
    public string? SizeArgument { get; init; }

    /// <summary>
    /// Most values in the variables of one request: elements of lists and members of objects at any depth, including those that are lists
    /// or objects. At least 0; 20,000 unless set.
    /// </summary>
    public int MaxVariableValues { get; init; } = 20_000;

    /// <summary>
    /// Most selections in the work of planning one operation: fields and fragments, each counted for every type that it may apply to. At
    /// least 1; 20,000 unless set.
    /// </summary>
    public int MaxPlannedSelections { get; init; } = 20_000;
}
