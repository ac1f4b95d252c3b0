using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>An installed PostgreSQL server.</summary>
/// <param name="Directory">Where <c>postgres</c> and <c>initdb</c> are.</param>
/// <param name="MajorVersion">The first number of its version; 0 if it cannot be read.</param>
internal sealed partial record PostgresBinaries(string Directory, int MajorVersion)
{
    private const string PackageFolder = "/usr/lib/postgresql";

    public string Postgres => Path.Combine(Directory, "postgres");

    public string InitDb => Path.Combine(Directory, "initdb");

    /// <summary>The server to use: the configured one; else one on the path or of the distribution's packages, newest first.</summary>
    /// <param name="configuredFolder">The only folder to look at; null to search.</param>
    /// <param name="dataVersion">The version that an existing data folder needs; null if there is none yet.</param>
    /// <exception cref="EmbeddedPostgresException">None is installed, or none that fits.</exception>
    public static PostgresBinaries Find(string? configuredFolder, int? dataVersion, string dataFolder)
    {
        var installed = (configuredFolder is null ? InstalledFolders() : [Path.GetFullPath(configuredFolder)])
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            .Select(RealFolder)
            .Distinct()
            .Select(folder => new PostgresBinaries(folder, VersionOf(folder)))
            .ToList();

        return installed.Find(i => dataVersion is null ? i.MajorVersion >= DatabaseMigrator.OldestServer : i.MajorVersion == dataVersion)
            ?? throw new EmbeddedPostgresException(WhyNone(installed, configuredFolder, dataVersion, dataFolder));
    }

    private static IEnumerable<string> InstalledFolders()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var packaged = System.IO.Directory.Exists(PackageFolder) ? System.IO.Directory.GetDirectories(PackageFolder) : [];

        return onPath.Concat(packaged
            .OrderByDescending(folder => Number(Path.GetFileName(folder)) ?? 0)
            .Select(folder => Path.Combine(folder, "bin")));
    }

    // A link on the path leads to the folder of a package, from whose name the version is read without starting the program.
    private static string RealFolder(string folder)
    {
        var target = File.ResolveLinkTarget(Path.Combine(folder, "postgres"), returnFinalTarget: true)?.FullName;
        var real = Path.GetDirectoryName(target);
        return real is not null && File.Exists(Path.Combine(real, "initdb")) ? real : folder;
    }

    private static int VersionOf(string folder)
    {
        // Packages name the folder for the version; to ask the program would take a tenth of the time of a start.
        var parent = Path.GetDirectoryName(folder) ?? "";

        if (Path.GetDirectoryName(parent) == PackageFolder && Number(Path.GetFileName(parent)) is { } packaged)
        {
            return packaged;
        }

        var start = ChildProgram.Of(Path.Combine(folder, "postgres"), "--version");
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Number(FirstNumber().Match(answer).Value) ?? 0;
    }

    private static int? Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string WhyNone(List<PostgresBinaries> installed, string? configuredFolder, int? dataVersion, string dataFolder)
    {
        const string OrElse = "or set ConnectionStrings:ControlPlane to a database that runs elsewhere";

        var found = installed.Count == 0
            ? configuredFolder is null
                ? "no PostgreSQL server is installed"
                : $"Database:Embedded:BinDirectory ({configuredFolder}) does not hold the programs postgres and initdb"
            : $"only PostgreSQL {string.Join(", ", installed.Select(binaries => binaries.MajorVersion))} is installed";

        return dataVersion is not null && installed.Count > 0
            ? $"The data folder {dataFolder} was made by PostgreSQL {dataVersion}, but {found}. "
                + $"Install the Debian package postgresql-{dataVersion}, name another folder in Database:Embedded:DataDirectory, {OrElse}."
            : $"There is no database: {found}. "
                + $"Install the Debian package postgresql (version {DatabaseMigrator.OldestServer} or newer), "
                + $"name the folder of the server programs in Database:Embedded:BinDirectory, {OrElse}.";
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex FirstNumber();
}
