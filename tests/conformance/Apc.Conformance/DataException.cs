namespace Apc.Conformance;

/// <summary>A failure that stands in the data.</summary>
internal sealed class DataException(string message) : Exception(message);
