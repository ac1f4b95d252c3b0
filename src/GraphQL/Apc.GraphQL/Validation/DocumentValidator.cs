using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>Checks whether a document can be executed against a schema.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Validation</remarks>
public static class DocumentValidator
{
    /// <summary>
    /// All violations of the rules of chapter 5, with locations and code; empty for a valid document. They are in the order of the text,
    /// and at one node in the order of the rules. After <see cref="ValidationOptions.MaxErrors"/> errors the validation stops, and a last
    /// error reports that.
    /// </summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        return Validate(schema, document, SpecifiedRules.All, options ?? ValidationOptions.Default);
    }

    internal static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, RuleSet ruleSet, ValidationOptions options)
    {
        var context = new ValidationContext(schema, document, options.MaxErrors);
        var rules = ruleSet.CreateFor(context);
        var walker = new DocumentWalker(context.Types, rules, ruleSet.DispatchFor(rules));

        try
        {
            walker.Walk(document);
        }
        catch (ValidationAbortedException aborted)
        {
            context.ReportAbort(aborted);
        }

        return context.Errors;
    }
}
