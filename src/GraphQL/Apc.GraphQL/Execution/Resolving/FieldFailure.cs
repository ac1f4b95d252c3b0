using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>Takes the place of a failed field's value until the error is written.</summary>
internal sealed class FieldFailure(GraphQLError error)
{
    /// <summary>The error, still without path and locations.</summary>
    public GraphQLError Error { get; } = error;

    /// <summary>The context of the resolver that failed; null if no resolver failed.</summary>
    public FieldExecution? Field { get; init; }

    /// <summary>True once the error has become part of a response.</summary>
    public bool IsReported { get; set; }

    /// <summary>A resolver threw. Callers see the message only of a <see cref="CoercionException"/>.</summary>
    public static FieldFailure From(Exception exception, FieldExecution? field = null) => new(exception is CoercionException wrong
        ? new GraphQLError(wrong.Message[..^wrong.SuggestionLength]) { Code = ErrorCodes.BadUserInput }
        : new GraphQLError("Internal error") { Code = ErrorCodes.Internal, Exception = exception })
    { Field = field };

    /// <summary>A leaf cannot represent its value, or threw while it was written.</summary>
    public static FieldFailure Unwritable(Exception exception) => exception is CoercionException
        ? new(new GraphQLError(exception.Message) { Code = ErrorCodes.Internal })
        : From(exception);

    /// <summary>A non-null field, or an element of one, is null.</summary>
    public static FieldFailure NullIn(FieldPlan field)
        => Internal($"Cannot return null for non-nullable field {field.Template.Coordinate}.");

    /// <summary>An error of the service whose message callers may see.</summary>
    public static FieldFailure Internal(string message) => new(new GraphQLError(message) { Code = ErrorCodes.Internal });
}
