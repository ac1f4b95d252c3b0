namespace Apc.GraphQL.Language;

/// <summary>The range of a node in its source: UTF-16 offsets, the end exclusive.</summary>
public readonly record struct Location(int Start, int End);

/// <summary>A location as errors report it: line and column, both starting at 1; columns count UTF-16 units.</summary>
public readonly record struct SourceLocation(int Line, int Column);
