namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The private server cannot run. The message says why and what to do, and is all that an operator needs to see.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
