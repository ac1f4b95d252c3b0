using System.Reflection;
using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Tests.Validation.Rules;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Tests.Validation;

public class SpecifiedRulesTests
{
    private static readonly Type[] RuleTypes =
        [.. typeof(ValidationRule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ValidationRule)) && !type.IsNested)];

    public static TheoryData<string> RuleNames => [.. RuleTypes.Select(type => type.Name)];

    [Fact]
    public void Every_rule_is_listed_once()
    {
        var context = new ValidationContext(PetSchema.Schema, GraphQLParser.Parse(new Source("{ cat { name } }")), maxErrors: 1);
        var listed = SpecifiedRules.All.CreateFor(context).Select(rule => rule.GetType().Name).ToArray();
        var missing = string.Join(", ", RuleTypes.Select(type => type.Name).Except(listed));

        Assert.True(missing.Length == 0, $"SpecifiedRules.cs does not list {missing}.");
        Assert.Equal(listed.Distinct(), listed);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Every_rule_has_a_test_class_that_names_its_section(string rule)
    {
        var tests = typeof(RuleTests).Assembly.GetType($"{typeof(RuleTests).Namespace}.{rule}Tests");

        Assert.True(tests is not null, $"There is no class {rule}Tests beside RuleTests.");
        Assert.True(tests.IsSubclassOf(typeof(RuleTests)), $"{rule}Tests is not derived from RuleTests.");
        Assert.True(
            tests.GetCustomAttributes<SpecSectionAttribute>().Any(section => section.Anchor.StartsWith("sec-", StringComparison.Ordinal)),
            $"{rule}Tests does not name its section of the specification with [SpecSection(\"sec-…\")].");
    }
}
