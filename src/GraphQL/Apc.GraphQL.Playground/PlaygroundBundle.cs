using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Apc.GraphQL.Playground;

/// <summary>The files of GraphiQL that were built into this assembly.</summary>
public sealed class PlaygroundBundle
{
    private const string Folder = "playground/";
    private const string Assets = Folder + "assets/";

    // The names contain the hash of the content, so a browser never needs to request a cached file again.
    private const string ForEver = "public, max-age=31536000, immutable";

    private readonly FrozenDictionary<string, StaticContent> _assets;

    private PlaygroundBundle(Assembly assembly)
    {
        Page = Read(assembly, Folder + "playground.html");
        _assets = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Assets, StringComparison.Ordinal) && name.EndsWith(".gz", StringComparison.Ordinal))
            .Select(name => name[..^".gz".Length])
            .ToFrozenDictionary(name => name[Assets.Length..], name => Asset(assembly, name), StringComparer.Ordinal);
    }

    /// <summary>The bundle; null if Node was missing at build time.</summary>
    public static PlaygroundBundle? Built { get; } = LoadFrom(typeof(PlaygroundBundle).Assembly);

    /// <summary>
    /// The template of the page: the caller replaces <c>{{nonce}}</c>, <c>{{endpoint}}</c>, <c>{{subscriptions}}</c>, <c>{{signIn}}</c> and
    /// <c>{{query}}</c> with HTML. The URLs of its files start with <c>./assets/</c>.
    /// </summary>
    public string Page { get; }

    /// <summary>The file of this name; null if there is none.</summary>
    public StaticContent? Find(string name) => _assets.GetValueOrDefault(name);

    private static PlaygroundBundle? LoadFrom(Assembly assembly)
        => assembly.GetManifestResourceInfo(Folder + "playground.html") is null ? null : new PlaygroundBundle(assembly);

    private static StaticContent Asset(Assembly assembly, string name) => new(
        TypeOf(name),
        ForEver,
        name[Assets.Length..],
        () => StaticContent.Unpacked(Open(assembly, name + ".gz")),
        ("br", () => Open(assembly, name + ".br")),
        ("gzip", () => Open(assembly, name + ".gz")));

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".ttf" => "font/ttf",
        _ => "application/octet-stream",
    };

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(Open(assembly, name), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Stream Open(Assembly assembly, string name) => assembly.GetManifestResourceStream(name)!;
}
