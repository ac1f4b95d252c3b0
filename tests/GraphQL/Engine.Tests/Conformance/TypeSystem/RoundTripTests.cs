using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance.Language;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Type-System")]
public sealed class RoundTripTests
{
    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void A_schema_that_is_built_from_a_text_prints_as_that_text(string name)
    {
        var schema = SdlSchemaBuilder.FromSdl(Corpus.Texts[name]);

        Assert.Empty(SchemaValidator.Validate(schema));
        Assert.Equal(Corpus.Texts[name], SchemaPrinter.Print(schema));
    }

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void A_document_that_is_printed_reads_back_as_the_same_schema(string name)
        => Assert.Equal(Corpus.Texts[name], SchemaPrinter.Print(SdlSchemaBuilder.FromSdl(Syntax.Reprint(Corpus.Texts[name]))));

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void A_schema_that_is_extended_by_what_it_lacks_is_the_schema_of_both_texts(string name)
    {
        const string More = "type More { a: Int } enum Most { A } directive @more(most: Most = A) on FIELD";

        Assert.Equal(
            SchemaPrinter.Print(SdlSchemaBuilder.FromSdl($"{Corpus.Texts[name]} {More}")),
            SchemaPrinter.Print(SdlSchemaBuilder.Extend(SdlSchemaBuilder.FromSdl(Corpus.Texts[name]), More)));
    }
}
