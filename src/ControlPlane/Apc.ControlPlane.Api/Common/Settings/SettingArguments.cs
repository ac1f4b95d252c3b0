namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Settings as the command line gives them: <c>--Section:Name=value</c>, or the value by itself behind the name.</summary>
internal static class SettingArguments
{
    private const string Form = "settings are given as --Section:Name=value";

    /// <summary>The names, each with its value; null where it has none.</summary>
    /// <exception cref="SettingException">An argument is no setting at all: ASP.NET Core would pass over it.</exception>
    public static IReadOnlyList<(string Name, string? Value)> Read(IReadOnlyList<string> arguments)
    {
        var settings = new List<(string Name, string? Value)>();

        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsName(arguments[i]))
            {
                throw new SettingException($"'{SettingText.Shown(arguments[i])}' is no setting; {Form}.");
            }

            var argument = arguments[i][2..];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            settings.Add(
                equals >= 0 ? (argument[..equals], argument[(equals + 1)..])
                : i + 1 < arguments.Count && !IsName(arguments[i + 1]) ? (argument, arguments[++i])
                : (argument, null));
        }

        return settings;
    }

    /// <summary>What is said of a setting without a value.</summary>
    public static string Incomplete(string name) => $"--{name} has no value; {Form}.";

    private static bool IsName(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2;
}
