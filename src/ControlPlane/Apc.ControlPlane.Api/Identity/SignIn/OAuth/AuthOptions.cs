using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Settings of signing in through providers.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>Time limit for one request to a provider. 100 ms to 1 minute; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Providers by name. The name is part of addresses and of stored rows, so it should not be changed.</summary>
    public Dictionary<string, AuthProviderOptions> Providers { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => Providers.SelectMany(provider => provider.Value.Problems(provider.Key, PathOf(provider.Key)))
            .Concat(SharedPaths())
            .Select(problem => new ValidationResult(problem));

    private IEnumerable<string> SharedPaths()
        => from shared in Providers
               .Where(p => p.Value.CallbackPath is null or ['/', ..])
               .GroupBy(p => OAuthEndpoints.CallbackPath(p.Key, p.Value))
           where shared.Count() > 1
           select $"{string.Join(" and ", shared.Select(p => PathOf(p.Key)))} have the "
               + $"{nameof(AuthProviderOptions.CallbackPath)} {shared.Key}; each needs one of its own.";

    private static string PathOf(string provider) => $"{Section}:{nameof(Providers)}:{provider}";
}
