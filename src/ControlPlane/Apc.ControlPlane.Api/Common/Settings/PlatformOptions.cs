using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>How the platform is reached from outside.</summary>
public sealed class PlatformOptions : IValidatableObject
{
    public const string Section = "Houston";

    /// <summary>The domain below which the platform's services are found, such as <c>astro.example.com</c>. None unless set.</summary>
    public string? BaseDomain { get; init; }

    /// <summary>
    /// The address at which people reach this service, such as <c>https://houston.astro.example.com</c>; links in mails begin with it.
    /// <c>https://houston.</c> and <see cref="BaseDomain"/> unless set.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>The address at which people reach this service, without a slash at its end; null if nothing is set.</summary>
    public string? Address()
        => !string.IsNullOrEmpty(PublicUrl) ? PublicUrl.TrimEnd('/')
            : !string.IsNullOrEmpty(BaseDomain) ? $"https://houston.{BaseDomain}"
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(BaseDomain) && !SettingText.IsDomain(BaseDomain))
        {
            yield return new($"{Section}:{nameof(BaseDomain)} ('{BaseDomain}') is no domain.");
        }

        if (!string.IsNullOrEmpty(PublicUrl) && !SettingText.IsHttpAddress(PublicUrl))
        {
            yield return new(
                $"{Section}:{nameof(PublicUrl)} ('{PublicUrl}') is no address of the form https://<host>, without a query and a fragment.");
        }
    }
}
