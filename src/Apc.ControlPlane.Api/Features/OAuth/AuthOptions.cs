using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>Ways to sign in other than by password.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>Time allowed for one question to a provider. 100 ms to 1 minute; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Providers by name; the name is part of addresses and of what is stored, so that it stays.</summary>
    public Dictionary<string, AuthProviderOptions> Providers { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => from provider in Providers
           from problem in provider.Value.Problems(provider.Key, $"{Section}:{nameof(Providers)}:{provider.Key}")
           select new ValidationResult(problem);
}
