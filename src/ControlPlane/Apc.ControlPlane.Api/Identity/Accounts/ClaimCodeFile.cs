using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>The file from which the operators of this machine, and nobody else, read the claim code.</summary>
public sealed partial class ClaimCodeFile(IOptions<BootstrapOptions> options, IConfiguration configuration, ILogger<ClaimCodeFile> logger)
{
    private const string Name = "claim-code";
    private const string DefaultFolder = ".data";

    /// <summary>Where it is, as a whole path.</summary>
    public string FullPath { get; } = Path.GetFullPath(
        options.Value.ClaimCodeFile is { Length: > 0 } given
            ? given
            : Path.Combine(
                configuration[$"{EmbeddedPostgresOptions.Section}:{nameof(EmbeddedPostgresOptions.DataDirectory)}"] is { Length: > 0 } data ? data : DefaultFolder,
                Name));

    /// <summary>The code in the file; null where there is no file, or where it holds another code than that of the hash.</summary>
    public string? Read(byte[] hash)
    {
        try
        {
            var code = Content();
            return OneTimeToken.HashOf(code) is { } found && CryptographicOperations.FixedTimeEquals(found, hash) ? code!.Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file anew, readable for this account alone. Where that fails, the log says so, and the code is in the output alone.</summary>
    public void Write(string code)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);

            // What was there may be readable for others, or a link to elsewhere.
            Remove();
            var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };

            if (!OperatingSystem.IsWindows())
            {
                settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(FullPath, settings);
            file.Write($"{code}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(FullPath, e.Message);
        }
    }

    /// <summary>Deletes the file, if there is one.</summary>
    public void Delete()
    {
        try
        {
            Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It opens nothing any more.
            LogNotDeleted(FullPath, e.Message);
        }
    }

    /// <summary>A mistaken setting costs nobody a file: only one that holds a code is deleted.</summary>
    private void Remove()
    {
        if (OneTimeToken.HashOf(Content()) is not null)
        {
            File.Delete(FullPath);
        }
    }

    private string? Content()
    {
        if (!File.Exists(FullPath))
        {
            return null;
        }

        using var file = new StreamReader(FullPath);
        var start = new char[OneTimeToken.Length + 2];
        return new string(start, 0, file.ReadBlock(start));
    }

    [LoggerMessage(LogLevel.Warning, "The file of the claim code, {Path}, cannot be written: {Problem} Bootstrap:ClaimCodeFile names another.")]
    private partial void LogNotWritten(string path, string problem);

    [LoggerMessage(LogLevel.Warning, "The file of the claim code, {Path}, cannot be deleted: {Problem} The code in it is used.")]
    private partial void LogNotDeleted(string path, string problem);
}
