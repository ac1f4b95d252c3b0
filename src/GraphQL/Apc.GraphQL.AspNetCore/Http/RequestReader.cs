using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A request that was read, or the problem. Dispose it after the response: the request is a slice of the body's memory.</summary>
internal readonly struct ReadRequest : IDisposable
{
    private readonly PipeReader? _pipe;
    private readonly SequencePosition _end;
    private readonly byte[]? _copy;

    private ReadRequest(GraphQLRequest? request, RequestProblem? problem, PipeReader? pipe, SequencePosition end, byte[]? copy)
    {
        Request = request;
        Problem = problem;
        _pipe = pipe;
        _end = end;
        _copy = copy;
    }

    /// <summary>Null if there is a problem.</summary>
    public GraphQLRequest? Request { get; }

    /// <summary>Null if the request was read.</summary>
    public RequestProblem? Problem { get; }

    public static ReadRequest Of(GraphQLRequest request) => new(request, null, null, default, null);

    public static ReadRequest Refused(RequestProblem problem) => new(null, problem, null, default, null);

    /// <summary>Reads the envelope in a complete body.</summary>
    public static ReadRequest Of(PipeReader pipe, ReadOnlySequence<byte> body)
    {
        byte[]? copy = null;
        var memory = body.First;

        if (!body.IsSingleSegment)
        {
            copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
            body.CopyTo(copy);
            memory = copy.AsMemory(0, (int)body.Length);
        }

        var request = RequestEnvelope.Read(memory, out var problem);
        return new ReadRequest(request, request is null ? RequestProblem.BadRequest(problem) : null, pipe, body.End, copy);
    }

    public void Dispose()
    {
        _pipe?.AdvanceTo(_end);

        if (_copy is not null)
        {
            ArrayPool<byte>.Shared.Return(_copy);
        }
    }
}

/// <summary>Reads a GraphQL request from an HTTP request, with bounded memory.</summary>
internal static class RequestReader
{
    /// <summary>Reads a POST.</summary>
    public static async ValueTask<ReadRequest> ReadBodyAsync(HttpRequest request, GraphQLServerOptions options)
    {
        var maxBytes = options.MaxBodyBytes;

        if (!IsJson(request.ContentType))
        {
            return ReadRequest.Refused(RequestProblem.UnsupportedContent(request.ContentType));
        }

        if (request.Headers.ContentEncoding is [{ } coding] && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return ReadRequest.Refused(RequestProblem.UnsupportedCoding(coding));
        }

        if (request.ContentLength > maxBytes)
        {
            return ReadRequest.Refused(RequestProblem.TooLarge(options));
        }

        var pipe = request.BodyReader;
        BodyDeadline? deadline = null;

        try
        {
            while (true)
            {
                var reading = pipe.ReadAsync(request.HttpContext.RequestAborted);

                // Most bodies arrive with the headers and need no timer.
                deadline ??= reading.IsCompleted ? null : new BodyDeadline(pipe, options);
                var read = await reading;
                var isWhole = read.IsCompleted || read.Buffer.Length == request.ContentLength;

                if (deadline is not null && (isWhole || read.IsCanceled) && !deadline.TryMeet())
                {
                    pipe.AdvanceTo(read.Buffer.End);
                    return ReadRequest.Refused(RequestProblem.TooSlow(options));
                }

                if (read.Buffer.Length > maxBytes)
                {
                    pipe.AdvanceTo(read.Buffer.End);
                    return ReadRequest.Refused(RequestProblem.TooLarge(options));
                }

                if (isWhole)
                {
                    return ReadRequest.Of(pipe, read.Buffer);
                }

                pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    /// <summary>Reads a GET: the members are query parameters, variables and extensions as JSON text.</summary>
    public static ReadRequest ReadQuery(HttpRequest request)
    {
        var query = request.Query;

        var document = query["query"] is [{ Length: > 0 } text] ? text : null;
        var documentId = query["documentId"] is [{ Length: > 0 } id] ? id : null;

        // The document may also be named in the extensions, which the engine reads.
        if (document is null && documentId is null && query["extensions"] is not [{ Length: > 0 }])
        {
            return ReadRequest.Refused(
                RequestProblem.BadRequest("The parameter 'query' is missing: it holds the GraphQL document."));
        }

        if (!TryReadObject(query, "variables", out var variables, out var problem)
            || !TryReadObject(query, "extensions", out var extensions, out problem))
        {
            return ReadRequest.Refused(RequestProblem.BadRequest(problem));
        }

        return ReadRequest.Of(new GraphQLRequest
        {
            Document = document is null ? default : Encoding.UTF8.GetBytes(document),
            DocumentId = documentId,
            OperationName = query["operationName"] is [{ } name] ? name : null,
            Variables = variables,
            Extensions = extensions,
            AllowsSideEffects = false,
        });
    }

    private static bool TryReadObject(IQueryCollection query, string name, out ReadOnlyMemory<byte> value, out string problem)
    {
        value = query[name] is [{ Length: > 0 } text] ? Encoding.UTF8.GetBytes(text) : default(ReadOnlyMemory<byte>);
        problem = $"The parameter '{name}' must be a JSON object.";
        return value.IsEmpty || RequestEnvelope.IsObjectOrNull(value.Span);
    }

    private static bool IsJson(string? contentType)
        => contentType is "application/json"
            || (MediaTypeHeaderValue.TryParse(contentType, out var type)
                && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                    || type.MediaType.Equals(MediaType.GraphQLResponse.Name, StringComparison.OrdinalIgnoreCase))
                && (!type.Charset.HasValue
                    || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
}
