using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Tests.Validation.Rules;

/// <summary>Runs one rule alone over documents against <see cref="PetSchema"/>.</summary>
public abstract class RuleTests
{
    private readonly RuleSet _rule;

    private protected RuleTests(Func<ValidationContext, ValidationRule> rule) => _rule = new RuleSet(rule);

    /// <summary>The rule finds nothing.</summary>
    protected void Accepts(string document) => Rejects(document);

    /// <summary>The rule finds exactly these errors, in this order, each written <c>message (line:column, line:column)</c>.</summary>
    protected void Rejects(string document, params string[] errors)
    {
        var source = new Source(document.ReplaceLineEndings("\n"));
        var found = DocumentValidator.Validate(PetSchema.Schema, GraphQLParser.Parse(source), _rule, ValidationOptions.Default);
        Assert.Equal(errors, found.Select(Describe));
        Assert.All(found, error => Assert.Equal(ErrorCodes.ValidationFailed, error.Code));
    }

    private static string Describe(GraphQLError error)
        => $"{error.Message} ({string.Join(", ", error.Locations.Select(l => $"{l.Line}:{l.Column}"))})";
}
