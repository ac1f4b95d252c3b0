namespace Apc.Conformance;

/// <summary>How the fields of the schema get their values; the answers must not depend on it.</summary>
internal enum ResolverStyle
{
    /// <summary>From their parents alone, except where there are arguments.</summary>
    Pure,

    /// <summary>By delegates that answer at once.</summary>
    Prompt,

    /// <summary>By delegates that answer later.</summary>
    Late,
}
