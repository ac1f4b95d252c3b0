namespace Apc.GraphQL.Errors;

/// <summary>
/// The application's names for the options of the engine, so that a message can name the setting that refuses a request. The function takes
/// the name of an option's property, such as <c>MaxDepth</c>, and returns null for an option that messages must not name. It is called only
/// when an error is made.
/// </summary>
public sealed class OptionNames(Func<string, string?> nameOf)
{
    /// <summary>Messages name no options.</summary>
    public static OptionNames None { get; } = new(_ => null);

    /// <summary>The end of a sentence about the option: a space and the name in parentheses, or nothing.</summary>
    public string Mention(string option) => nameOf(option) is { } name ? $" ({name})" : "";
}
