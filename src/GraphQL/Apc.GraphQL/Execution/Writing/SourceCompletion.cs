namespace Apc.GraphQL.Execution.Writing;

/// <summary>The source stream of a subscription, which is kept as it is and never written.</summary>
internal sealed class SourceCompletion() : Completion(isNullable: true)
{
    public static readonly SourceCompletion Instance = new();

    protected override bool WriteValue(ResponseWriter response, object value)
        => throw new InvalidOperationException("A source stream is no value of a response.");
}
