using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.Fuzz.Tests;

/// <summary>The type-system language: a text of definitions makes a schema, or is refused with what is wrong with it.</summary>
public class DefinitionFuzzing
{
    [Fact]
    public void Definitions_make_a_schema_or_are_refused() => Fuzzer.Run("definitions into a schema", 15_000, Damage.Definitions, () => text =>
    {
        try
        {
            var schema = SdlSchemaBuilder.From(GraphQLParser.Parse(new Source(text)));
            _ = SchemaPrinter.Print(schema);
            return SchemaValidator.Validate(schema).Count == 0;
        }
        catch (SchemaException e)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
        catch (Exception e) when (e is SyntaxErrorException or DocumentLimitException)
        {
            return false;
        }
    });

    [Fact]
    public void A_text_extends_a_schema_or_is_refused() => Fuzzer.Run(
        "definitions onto a schema", 10_000, Damage.Definitions, () =>
        {
            var harbour = SdlSchemaBuilder.FromSdl(Corpus.Sdl);
            return text =>
            {
                try
                {
                    return SchemaValidator.Validate(SdlSchemaBuilder.Extend(harbour, GraphQLParser.Parse(new Source(text)))).Count == 0;
                }
                catch (Exception e) when (e is SchemaException or SyntaxErrorException or DocumentLimitException)
                {
                    return false;
                }
            };
        });
}
