namespace Apc.GraphQL.Validation.Limits;

/// <summary>How much one document may ask for. Every limit is in force unless changed; a document that reaches past one is never executed.</summary>
public sealed record DocumentLimits
{
    // As often as it is counted, compared with another root field.
    internal const int SchemaWeight = 5;

    /// <summary>What holds where nothing else is said.</summary>
    public static DocumentLimits Default { get; } = new();

    /// <summary>Fields that may stand inside each other, the root field being the first; fragments do not count. At least 1; 10 unless set.</summary>
    public int MaxDepth { get; init; } = 10;

    /// <summary>The same inside <c>__schema</c> and <c>__type</c>, the first field inside being the first. At least 1; 20 unless set.</summary>
    public int MaxIntrospectionDepth { get; init; } = 20;

    /// <summary>
    /// Aliases that one operation may use, those of <c>__typename</c> aside; a fragment's count once for each spread. At least 0; 30 unless set.
    /// </summary>
    public int MaxAliases { get; init; } = 30;

    /// <summary>
    /// Answers that one operation may ask of the same root field, each under a name of its own; <c>__typename</c> is not counted, and <c>__schema</c>,
    /// which may be answered with the whole schema, is allowed a fifth as often, at least once. At least 1; 15 unless set.
    /// </summary>
    public int MaxRootFieldRepeats { get; init; } = 15;

    /// <summary>Directives that may stand at one place. At least 0; 4 unless set.</summary>
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>Directives that one document may use. At least 0; 50 unless set.</summary>
    public int MaxDirectives { get; init; } = 50;

    /// <summary>What one operation may cost, by <see cref="OperationCost"/>. At least 0; 10,000 unless set.</summary>
    public long MaxCost { get; init; } = 10_000;

    /// <summary>
    /// The argument by which fields are asked for a number of elements, such as <c>first</c>, for <see cref="OperationCost"/>. Null unless set: then no field
    /// says how long its lists are.
    /// </summary>
    public string? SizeArgument { get; init; }

    /// <summary>
    /// Values that the variables of one request may hold: elements of lists and members of objects, at any depth, those that are lists and objects
    /// themselves included. At least 0; 20,000 unless set.
    /// </summary>
    public int MaxVariableValues { get; init; } = 20_000;

    /// <summary>
    /// Selections that may be looked at while one operation is planned: fields and fragments, each for every type that it may meet. At least 1;
    /// 20,000 unless set.
    /// </summary>
    public int MaxPlannedSelections { get; init; } = 20_000;
}
