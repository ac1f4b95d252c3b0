using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.GraphQL.Validation;

namespace Apc.Fuzz.Tests;

/// <summary>The validator: whatever parses is valid, or has errors with a message and places in the text.</summary>
public class ValidatorFuzzing
{
    private static readonly Schema Harbour = SdlSchemaBuilder.FromSdl(Corpus.Sdl);

    [Fact]
    public void A_document_is_valid_or_has_errors_with_places() => Fuzzer.Run("documents into the validator", 40_000, Damage.Document, () => text =>
    {
        try
        {
            var errors = DocumentValidator.Validate(Harbour, GraphQLParser.Parse(new Source(text)));
            Assert.InRange(errors.Count, 0, 101);
            Assert.DoesNotContain(errors, error => error.Message.Length == 0);
            var last = 1 + text.AsSpan().CountAny('\n', '\r');
            Assert.DoesNotContain(errors, error => error.Locations.Any(place => place.Line < 1 || place.Line > last || place.Column < 1));
            return errors.Count == 0;
        }
        catch (Exception e) when (e is SyntaxErrorException or DocumentLimitException)
        {
            return false;
        }
    });
}
