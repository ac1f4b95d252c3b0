namespace Apc.TestKit;

/// <summary>The sources that a test was built from, for tests that read them.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = RootAbove(AppContext.BaseDirectory);

    /// <summary>A file or folder of the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string RootAbove(string folder)
        => File.Exists(Path.Combine(folder, "ApcControlPlane.sln"))
            ? folder
            : RootAbove(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no clone of the repository."));
}
