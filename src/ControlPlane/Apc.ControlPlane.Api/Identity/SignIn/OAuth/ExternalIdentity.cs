using System.Text.Json;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>A person who has just signed in at a provider, as the provider describes them.</summary>
/// <param name="Subject">The provider's id of the person.</param>
public sealed record ExternalIdentity(string Provider, string Subject)
{
    // More groups are more likely an attack or a mistake.
    private const int MaxGroups = 1000;

    /// <summary>The person's address; null if the provider gives none.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider vouches for the address.</summary>
    public bool IsEmailVerified { get; init; }

    /// <summary>The name to show; null if the provider gives none that can be stored.</summary>
    public string? FullName { get; init; }

    /// <summary>Ids of the groups that the person is in, exactly as the provider gives them; null if no claim is configured.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Reads the claims of a person (OpenID Connect Core 1.0, sections 5.1 and 5.3).</summary>
    /// <exception cref="ProviderAnswerException">There is no usable subject, or the groups are no list.</exception>
    public static ExternalIdentity Of(string provider, AuthProviderOptions options, JsonElement claims)
    {
        if (claims.ValueKind is not JsonValueKind.Object
            || Text(claims, "sub") is not { Length: > 0 and <= UserIdentity.MaxSubjectLength } subject
            || !PlainText.IsPlain(subject))
        {
            throw new ProviderAnswerException("The answer of the userinfo endpoint has no usable claim sub.");
        }

        var email = Text(claims, "email") is { } address ? EmailAddress.Normalize(address) : null;

        return new ExternalIdentity(provider, subject)
        {
            Email = email,
            IsEmailVerified = email is not null && (options.TrustsEmail || IsTrue(claims, "email_verified")),
            FullName = Text(claims, "name") is { } name ? PlainText.Normalize(name, 255) : null,
            Groups = options.GroupClaim is { Length: > 0 } claim ? GroupsIn(claims, claim) : null,
        };
    }

    private static string[] GroupsIn(JsonElement claims, string claim)
    {
        if (!claims.TryGetProperty(claim, out var groups))
        {
            return [];
        }

        // Some providers send a single group as a text, not as a list.
        IEnumerable<JsonElement> elements = groups.ValueKind switch
        {
            JsonValueKind.Array => groups.EnumerateArray(),
            JsonValueKind.String => Enumerable.Repeat(groups, 1),
            _ => throw new ProviderAnswerException($"The claim {claim} is no list of texts."),
        };

        return
        [
            .. elements.Where(group => group.ValueKind is JsonValueKind.String)
                .Select(group => group.GetString()!)
                .Where(TeamText.IsExternalId)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxGroups),
        ];
    }

    // Some providers that do not use OpenID Connect have numbers as subjects.
    private static string? Text(JsonElement claims, string name)
        => claims.TryGetProperty(name, out var claim)
            ? claim.ValueKind switch
            {
                JsonValueKind.String => claim.GetString(),
                JsonValueKind.Number => claim.GetRawText(),
                _ => null,
            }
            : null;

    // Some providers send it as a text, against the specification.
    private static bool IsTrue(JsonElement claims, string name)
        => claims.TryGetProperty(name, out var claim)
            && (claim.ValueKind is JsonValueKind.True || (claim.ValueKind is JsonValueKind.String && claim.ValueEquals("true")));
}
