using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>The file with the claim code, readable for the account of this process only.</summary>
public sealed partial class ClaimCodeFile(IOptions<BootstrapOptions> options, IConfiguration configuration, ILogger<ClaimCodeFile> logger)
{
    private const string Name = "claim-code";
    private const string DefaultFolder = ".data";
    private const string DataDirectory = $"{EmbeddedPostgresOptions.Section}:{nameof(EmbeddedPostgresOptions.DataDirectory)}";

    public string FullPath { get; } = Path.GetFullPath(
        options.Value.ClaimCodeFile is { Length: > 0 } given
            ? given
            : Path.Combine(configuration[DataDirectory] is { Length: > 0 } data ? data : DefaultFolder, Name));

    /// <summary>The code in the file; null if there is no readable file, or if its code does not have this hash.</summary>
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

    /// <summary>Replaces the file. A failure is logged; then only the output has the code.</summary>
    public void Write(string code)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);

            // An existing file may be readable for others, or a link.
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
            // Its code is used and worth nothing.
            LogNotDeleted(FullPath, e.Message);
        }
    }

    /// <summary>Deletes the file only if it holds a code, so that a wrong path in the setting loses no other file.</summary>
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

    [LoggerMessage(
        LogLevel.Warning, "The file of the claim code, {Path}, cannot be written: {Problem} Bootstrap:ClaimCodeFile names another.")]
    private partial void LogNotWritten(string path, string problem);

    [LoggerMessage(LogLevel.Warning, "The file of the claim code, {Path}, cannot be deleted: {Problem} The code in it is used.")]
    private partial void LogNotDeleted(string path, string problem);
}
