namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>A setting that stops the start. The message has its name, its value and what is allowed.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>Settings on the command line: <c>--Section:Name=value</c>, or the value in the argument after the name.</summary>
internal static class SettingArguments
{
    private const string Form = "settings are given as --Section:Name=value";

    /// <summary>The names with their values; null for a missing value.</summary>
    /// <exception cref="SettingException">An argument is no setting; ASP.NET Core would ignore it.</exception>
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

    /// <summary>The sentence for a setting without a value.</summary>
    public static string Incomplete(string name) => $"--{name} has no value; {Form}.";

    private static bool IsName(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2;
}
