using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>The texts that callers give a service account.</summary>
internal static class ServiceAccountTexts
{
    /// <summary>Most characters of a label and of a category.</summary>
    public const int MaxLength = 255;

    /// <summary>The label as it is stored.</summary>
    /// <exception cref="ServiceAccountTextInvalidException">It is empty, too long or not plain.</exception>
    public static string Label(string label) => Text(label, nameof(label));

    /// <summary>The category as it is stored; null for none, as which an empty one counts.</summary>
    /// <exception cref="ServiceAccountTextInvalidException">It is too long or not plain.</exception>
    public static string? Category(string? category) => string.IsNullOrEmpty(category) ? null : Text(category, nameof(category));

    private static string Text(string text, string argument)
        => PlainText.Normalize(text, MaxLength) ?? throw new ServiceAccountTextInvalidException(argument, text);
}
