using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Tests.Validation;

[SpecSection("sec-Validation")]
public class DocumentValidatorTests
{
    [Fact]
    public void Accepts_a_document_that_uses_all_of_the_language() => Assert.Empty(Validate(
        """
        query All($id: ID!, $take: Int = 3, $filter: PetFilter, $loud: Boolean!) @onQuery(note: "all") {
          __typename
          me: keeper(id: $id) { ...Keeper @include(if: $loud) }
          pets(take: $take, filter: $filter) { count pets { ... on Dog { obeys(command: SIT, loudly: $loud) } ...Animal } }
          find(by: { keeper: { name: "Ann" } }) { ... { __typename } ... on Cat { likes(treats: ["fish"]) } }
          __type(name: "Dog") { fields(includeDeprecated: true) { name } }
        }

        fragment Keeper on Keeper { name pets(take: $take) { ...Animal } }

        fragment Animal on Animal { name ... on Bird { wingSpan(unit: INCH) } }
        """));

    [Fact]
    public void Reports_in_the_order_of_the_text_and_at_one_place_in_the_order_of_the_rules() => Assert.Equal(
        [
            "Fields \"name\" conflict because they have differing arguments. "
                + "Use different aliases on the fields to fetch both if this was intentional. (2:9, 2:26)",
            "There can be only one argument named \"a\". (2:14, 2:20)",
            "Unknown argument \"a\" on field \"Dog.name\". (2:14)",
            "Unknown argument \"a\" on field \"Dog.name\". (2:20)",
            "Field \"name\" must not have a selection since type \"String\" has no subfields. (3:14)",
            "Unknown directive \"@nope\". (3:23)",
            "Cannot query field \"lost\" on type \"Query\". (5:3)",
            "Variable \"$id\" is not defined. (4:11, 1:1)",
        ],
        Validate(
            """
            {
              dog { name(a: 1, a: 2) name }
              cat { name { length @nope } }
              pet(id: $id) { name }
              lost { name }
            }
            """));

    [Fact]
    public void Gives_every_error_the_code_of_validation_and_its_nodes()
    {
        var source = new Source("{ wings feathers }");
        var errors = DocumentValidator.Validate(PetSchema.Schema, GraphQLParser.Parse(source));

        Assert.All(errors, error => Assert.Equal((ErrorCodes.ValidationFailed, 1, null), (error.Code, error.Nodes.Count, error.Path)));
    }

    [Fact]
    public void Gives_up_after_a_hundred_errors()
    {
        var hundred = Validate($"{{ {Repeat(100, i => $"x{i}")} }}");
        var more = Validate($"{{ {Repeat(101, i => $"x{i}")} }}");

        Assert.Equal(100, hundred.Count);
        Assert.Equal([.. hundred, "Too many validation errors, error limit reached. Validation aborted. ()"], more);
    }

    [Fact]
    public void Gives_up_after_as_many_errors_as_the_options_say()
    {
        var document = GraphQLParser.Parse(new Source("{ a b c }"));
        var errors = DocumentValidator.Validate(PetSchema.Schema, document, new ValidationOptions { MaxErrors = 2 });

        Assert.Equal(
            [
                "Cannot query field \"a\" on type \"Query\".",
                "Cannot query field \"b\" on type \"Query\".",
                "Too many validation errors, error limit reached. Validation aborted.",
            ],
            errors.Select(error => error.Message));
        Assert.Equal(ErrorCodes.ValidationFailed, errors[2].Code);
    }

    [Fact]
    public void Validates_the_same_document_again_with_the_same_result()
    {
        var document = GraphQLParser.Parse(new Source("query ($a: Int, $a: Int) { dog { ...A ...A } } fragment A on Cat { ...A }"));
        var first = DocumentValidator.Validate(PetSchema.Schema, document).Select(Describe);

        Assert.Equal(first, DocumentValidator.Validate(PetSchema.Schema, document).Select(Describe));
    }

    [Fact]
    public void Looks_up_arguments_of_an_unknown_directive_in_the_field_around_it() => Assert.Equal(
        [
            "Unknown directive \"@nope\". (1:18)",
            "String cannot represent a non string value: 1 (1:29)",
        ],
        Validate("{ field(arg: \"\") @nope(arg: 1) }"));

    private static List<string> Validate(string document)
        => [.. DocumentValidator.Validate(PetSchema.Schema, GraphQLParser.Parse(new Source(document))).Select(Describe)];

    private static string Describe(GraphQLError error)
        => $"{error.Message} ({string.Join(", ", error.Locations.Select(l => $"{l.Line}:{l.Column}"))})";

    private static string Repeat(int count, Func<int, string> text) => string.Join(" ", Enumerable.Range(0, count).Select(text));
}
