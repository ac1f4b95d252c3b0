using System.Net.Sockets;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Embedded;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Ends a start that cannot succeed with one message that says what to change, without a stack trace.</summary>
public static class StartFailure
{
    /// <summary>Runs a command. If it fails for a reason that an operator can remove, prints the reason and returns 1.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            StandardError.WriteLine($"The control plane cannot start. {reason}");
            return 1;
        }
    }

    /// <summary>What the operator has to know about the exception; null if it is a bug.</summary>
    internal static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Distinct()),
        SettingException setting => setting.Message,
        TrustedDocumentException documents => string.Join(
            Environment.NewLine,
            documents.Problems.Prepend(
                $"Trusted documents cannot be executed. Mend or remove them, or set {TrustedDocumentsOptions.Section}:AllowInvalid=true.")),
        EmbeddedPostgresException embedded => embedded.Message,
        UnsupportedDatabaseException unsupported => unsupported.Message,
        IOException { InnerException: AddressInUseException } inUse
            => $"{inUse.Message} Stop what listens there, or choose another address with --urls http://127.0.0.1:<port>.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } denied
            => $"{denied.Message}: choose another address with --urls.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused
            => $"The database refused the sign-in: {refused.MessageText}. Check ConnectionStrings:ControlPlane.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing
            => $"{missing.MessageText}. Create it, or name another in ConnectionStrings:ControlPlane.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied
            => $"The database account lacks a right: {denied.MessageText}.",
        NpgsqlException unreachable
            => $"The database cannot be reached: {unreachable.GetBaseException().Message}. Check ConnectionStrings:ControlPlane.",
        InvalidOperationException https when https.Message.StartsWith("Unable to configure HTTPS endpoint", StringComparison.Ordinal)
            => "The address in --urls is https, but there is no certificate: "
                + "name one in Kestrel:Certificates:Default:Path, or listen with http.",
        _ when DatabaseOutage.Is(exception)
            => $"The database cannot be used: {exception.GetBaseException().Message}. Check ConnectionStrings:ControlPlane.",
        AggregateException all when all.InnerExceptions.Select(Explain).ToArray() is var reasons && !reasons.Contains(null)
            => string.Join(Environment.NewLine, reasons.SelectMany(r => r!.Split(Environment.NewLine)).Distinct()),
        _ => null,
    };
}
