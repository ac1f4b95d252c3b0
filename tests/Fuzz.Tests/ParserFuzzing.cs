using Apc.GraphQL.Language;

namespace Apc.Fuzz.Tests;

/// <summary>Lexer and parser: a text is read, or refused at a place in it.</summary>
public class ParserFuzzing
{
    [Fact]
    public void A_damaged_document_is_read_or_refused_at_a_place_in_it()
        => Fuzzer.Run("documents into the parser", 60_000, Damage.Document, () => text => Read(text, () => GraphQLParser.Parse(new Source(text))));

    [Fact]
    public void Noise_is_read_or_refused_at_a_place_in_it()
        => Fuzzer.Run("noise into the parser", 40_000, Damage.Noise, () => text => Read(text, () => GraphQLParser.Parse(new Source(text))));

    [Fact]
    public void Noise_is_a_value_or_a_type_or_neither() => Fuzzer.Run("noise as values and types", 20_000, Damage.Noise, () => text =>
        Read(text, () => GraphQLParser.ParseValue(text)) | Read(text, () => GraphQLParser.ParseType(text)));

    [Fact]
    public void What_was_read_prints_as_a_text_that_reads_and_prints_the_same() => Fuzzer.Run("documents printed", 20_000, Damage.Document, () => text =>
    {
        string? printed = null;

        if (Read(text, () => printed = SyntaxPrinter.Print(GraphQLParser.Parse(new Source(text)))))
        {
            Assert.Equal(printed, SyntaxPrinter.Print(GraphQLParser.Parse(new Source(printed!), new ParserOptions { MaxTokens = int.MaxValue })));
        }

        return printed is not null;
    });

    private static bool Read(string text, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (SyntaxErrorException e)
        {
            Assert.InRange(e.Offset, 0, text.Length);
            Assert.InRange(e.Location.Line, 1, 1 + text.Count(c => c is '\n' or '\r'));
            Assert.InRange(e.Location.Column, 1, text.Length + 1);
        }
        catch (DocumentLimitException e)
        {
            Assert.InRange(e.Offset, 0, text.Length);
        }

        return false;
    }
}
