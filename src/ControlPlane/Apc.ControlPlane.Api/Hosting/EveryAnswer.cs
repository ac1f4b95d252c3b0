using System.Globalization;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.GraphQL.Errors;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>
/// Every answer tells caches not to store it and browsers not to guess its type, and every refusal or failure has a body. Only the web
/// server's own answers to requests that are not valid HTTP do not pass through here.
/// </summary>
internal sealed partial class EveryAnswer(ILogger<EveryAnswer> logger, IOptions<EdgeOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => http =>
        {
            SetHeaders(http.Response.Headers);
            Task handled;

            try
            {
                handled = following(http);
            }
            catch (Exception fault)
            {
                // Thrown before the first await.
                handled = Task.FromException(fault);
            }

            return handled.IsCompletedSuccessfully && http.Response.StatusCode < StatusCodes.Status400BadRequest
                ? handled
                : FinishAsync(handled, http);
        });
        next(app);
    };

    // Set first: OnStarting would cost every request a delegate. Endpoints whose answers may be cached replace the header.
    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
    }

    private async Task FinishAsync(Task handled, HttpContext http)
    {
        try
        {
            await handled;
        }
        catch (Exception gone) when (gone is ConnectionResetException
            || (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested))
        {
            // The client is gone.
            return;
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            Begin(http, refused.StatusCode);

            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close";
            }
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            var reference = Guid.NewGuid().ToString("N");
            LogFault(reference, fault);
            Begin(http, StatusCodes.Status500InternalServerError);
            await WriteAsync(http, $"Internal error (reference {reference})", ErrorCodes.Internal);
            return;
        }

        if (http.Response is { HasStarted: false, ContentLength: null, ContentType: null }
            && Explain(http.Response.StatusCode) is var (message, code))
        {
            await WriteAsync(http, message, code);
        }
    }

    private static void Begin(HttpContext http, int status)
    {
        http.Response.Clear();
        SetHeaders(http.Response.Headers);
        http.Response.StatusCode = status;
    }

    private (string Message, string Code)? Explain(int status) => status switch
    {
        StatusCodes.Status404NotFound => ("There is nothing at this path.", "NOT_FOUND"),
        StatusCodes.Status405MethodNotAllowed => (
            "This path does not take the method; the header Allow has those that it takes.", "METHOD_NOT_ALLOWED"),
        StatusCodes.Status408RequestTimeout => (
            string.Create(
                CultureInfo.InvariantCulture,
                $"The body did not arrive within {options.Value.BodyTimeout.TotalSeconds} seconds (Security:BodyTimeout)."),
            "REQUEST_TIMEOUT"),
        StatusCodes.Status413PayloadTooLarge => ("The body is too large.", ErrorCodes.LimitExceeded),
        >= 400 and < 500 => ("The request cannot be read.", ErrorCodes.BadRequest),
        _ => null,
    };

    private static Task WriteAsync(HttpContext http, string message, string code)
    {
        var body = ErrorAnswer.Json(message, code);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    [LoggerMessage(LogLevel.Error, "A request failed. The caller was given reference {Reference}.")]
    private partial void LogFault(string reference, Exception exception);
}
