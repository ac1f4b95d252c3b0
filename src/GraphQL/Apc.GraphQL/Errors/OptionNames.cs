namespace Apc.GraphQL.Errors;

/// <summary>
/// What the application calls the options of the engine, so that a message can name the setting that refuses a request. The function is given the name of an
/// option's property, such as <c>MaxDepth</c>, and returns null for one that messages are not to name. It is asked only when an error is made.
/// </summary>
public sealed class OptionNames(Func<string, string?> nameOf)
{
    /// <summary>Messages name no options.</summary>
    public static OptionNames None { get; } = new(_ => null);

    /// <summary>What a sentence about the option ends with: a space and the name in parentheses, or nothing.</summary>
    public string Mention(string option) => nameOf(option) is { } name ? $" ({name})" : "";
}
