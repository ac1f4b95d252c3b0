using Apc.ControlPlane.Api.Common.Settings;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Reads the trusted documents from the folder that the settings name.</summary>
internal sealed partial class TrustedDocumentFolder(IOptions<TrustedDocumentsOptions> options, ILogger<TrustedDocumentFolder> logger)
{
    private const string FolderSetting = $"{TrustedDocumentsOptions.Section}:{nameof(TrustedDocumentsOptions.Folder)}";

    /// <summary>Logs documents that cannot be executed; null if they stop the start.</summary>
    public Action<IReadOnlyList<string>>? LeaveOut => options.Value.AllowInvalid ? LogAll : null;

    /// <summary>All documents of the folder in the order of their names; empty if no folder is set.</summary>
    /// <exception cref="SettingException">The folder cannot be read, or has no documents.</exception>
    public IReadOnlyList<TrustedDocument> Read()
    {
        if (options.Value.Folder is not { Length: > 0 } folder)
        {
            return [];
        }

        try
        {
            TrustedDocument[] documents =
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetExtension(file) is ".graphql" or ".gql")
                    .Order(StringComparer.Ordinal)
                    .Select(file => new TrustedDocument(Path.GetRelativePath(folder, file), File.ReadAllBytes(file))),
            ];
            return documents.Length > 0
                ? documents
                : throw new SettingException($"{FolderSetting} ({folder}) has no files *.graphql or *.gql.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{FolderSetting} ({folder}) cannot be read: {e.Message}");
        }
    }

    private void LogAll(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            LogLeftOut(problem);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A trusted document is left out: {Problem}")]
    private partial void LogLeftOut(string problem);
}
