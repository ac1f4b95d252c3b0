namespace Apc.GraphQL.Validation;

/// <summary>Ends a validation early. It is caught inside the validator.</summary>
internal sealed class ValidationAbortedException(string message) : Exception(message)
{
    public const string TooManyErrors = "Too many validation errors, error limit reached. Validation aborted.";
    public const string TooMuchWork = "Validation aborted.";
}
