namespace Apc.TestKit;

/// <summary>Tokens and codes that look right and are not.</summary>
public static class Forged
{
    /// <summary>The text with another character at this place, always another one.</summary>
    public static string At(string text, Index place)
    {
        var at = place.GetOffset(text.Length);
        return $"{text[..at]}{(text[at] == 'a' ? 'b' : 'a')}{text[(at + 1)..]}";
    }
}
