using System.Text.Json;

namespace Apc.GraphQL.Execution.Pipeline.Persisted;

/// <summary>The documents that are known from the start, by their digests. They are never evicted.</summary>
internal sealed class TrustedDocuments
{
    private readonly Dictionary<DocumentDigest, PreparedDocument> _documents = [];

    /// <exception cref="TrustedDocumentException">
    /// Some cannot be executed, and <see cref="GraphQLExecutorOptions.LeaveOutTrustedDocuments"/> is null.
    /// </exception>
    public TrustedDocuments(GraphQLExecutorOptions options, DocumentPreparation preparation)
    {
        var problems = new List<string>();

        foreach (var document in options.TrustedDocuments)
        {
            var prepared = preparation.Prepare(new GraphQLRequest { Document = document.Text });

            if (prepared.Rejection is { } rejection)
            {
                problems.AddRange(Explain(rejection).Select(error => $"{document.Name}: {error}"));
            }
            else
            {
                _documents[DocumentDigest.Of(document.Text.Span)] = prepared;
            }
        }

        if (problems.Count > 0)
        {
            (options.LeaveOutTrustedDocuments ?? throw new TrustedDocumentException(problems))(problems);
        }
    }

    /// <summary>The document, or null.</summary>
    public PreparedDocument? Find(DocumentDigest digest) => _documents.GetValueOrDefault(digest);

    private static List<string> Explain(RejectedDocument rejection)
    {
        using var response = JsonDocument.Parse(rejection.Response);
        return [.. response.RootElement.GetProperty("errors").EnumerateArray().Select(Explain)];
    }

    private static string Explain(JsonElement error)
    {
        var message = error.GetProperty("message").GetString()!;
        return error.TryGetProperty("locations", out var locations)
            ? $"{message} (line {locations[0].GetProperty("line")}, column {locations[0].GetProperty("column")})"
            : message;
    }
}
