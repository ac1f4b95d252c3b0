using System.ComponentModel;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// Settings of one sign-in provider, with the authorization code and PKCE: by OpenID Connect if it has an <see cref="Authority"/>, else by
/// OAuth 2.0 with a userinfo endpoint.
/// </summary>
/// <remarks>Not a record: a record would print the secret.</remarks>
public sealed partial class AuthProviderOptions
{
    /// <summary>The text of the button. The provider's name unless set.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The id of this control plane at the provider. Required.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The secret of this control plane at the provider. Required; never logged.</summary>
    [PasswordPropertyText(true)]
    public string ClientSecret { get; init; } = "";

    /// <summary>
    /// The issuer of a provider of OpenID Connect, which publishes its endpoints and keys at <c>/.well-known/openid-configuration</c> below
    /// it. None unless set: the three endpoints are then required.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>The address for browsers to sign in at. Required without <c>Authority</c>, and not set with it.</summary>
    public string AuthorizationEndpoint { get; init; } = "";

    /// <summary>The address for exchanging codes. Required without <c>Authority</c>, and not set with it.</summary>
    public string TokenEndpoint { get; init; } = "";

    /// <summary>The address for reading the claims of a person. Required without <c>Authority</c>, and not set with it.</summary>
    public string UserInfoEndpoint { get; init; } = "";

    /// <summary>
    /// The path to which the provider sends browsers back, for addresses that are registered there already: <c>/v1/oauth/callback</c>,
    /// <c>/v1/oauth/redirect</c> or a path below. <c>/v1/oauth/callback/&lt;name&gt;</c> unless set; each provider has a path of its own.
    /// </summary>
    public string? CallbackPath { get; init; }

    /// <summary>The scopes to ask for, separated by blanks. <c>openid email profile</c> unless set.</summary>
    public string Scopes { get; init; } = "openid email profile";

    /// <summary>The claim with the groups of a person, a list of texts. Unless set, sign-ins change no memberships of teams.</summary>
    public string? GroupClaim { get; init; }

    /// <summary>
    /// Names for the teams of groups, used when a team is made: <c>&lt;group&gt;=&lt;team&gt;</c>. Groups with the same name share a team,
    /// and groups that are not listed have none. Unless set, each group has a team of its own name.
    /// </summary>
    public Dictionary<string, string> Groups { get; init; } = [];

    /// <summary>Domains such as <c>example.com</c>; if any is given, a sign-in needs a verified address in them. None unless set.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>
    /// Whether addresses count as verified without the claim <c>email_verified</c>; safe only if people cannot choose their address at the
    /// provider. Off unless set.
    /// </summary>
    public bool TrustsEmail { get; init; }

    /// <summary>Whether people who sign in here become users although sign-ups are not public. Off unless set.</summary>
    public bool AllowSignUp { get; init; }

    /// <summary>Whether the provider's addresses may be <c>http</c>, for tests. Off unless set: only <c>https</c>.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether the provider may be on this machine, for tests. Off unless set.</summary>
    public bool AllowLoopback { get; init; }

    internal bool HasAuthority => !string.IsNullOrEmpty(Authority);

    /// <summary>A sentence for each invalid setting; none contains the secret.</summary>
    public IEnumerable<string> Problems(string name, string path)
    {
        // The teams of this platform have LocalProvider as their provider.
        if (name.Length > UserIdentity.MaxProviderLength || name == Team.LocalProvider || !Name().IsMatch(name))
        {
            yield return $"{path} is no name of a provider; allowed are lower-case letters, digits and hyphens, "
                + $"at most {UserIdentity.MaxProviderLength}, but not {Team.LocalProvider}.";
        }

        if (ClientId.Length == 0)
        {
            yield return $"{path}:{nameof(ClientId)} is missing.";
        }

        if (ClientSecret.Length == 0)
        {
            yield return $"{path}:{nameof(ClientSecret)} is missing.";
        }

        if (CallbackPath is not null && !Callback().IsMatch(CallbackPath))
        {
            yield return $"{path}:{nameof(CallbackPath)} is '{CallbackPath}'; "
                + "allowed is /v1/oauth/callback, /v1/oauth/redirect or a path below of lower-case letters, digits and hyphens.";
        }

        if (HasAuthority && WhyNotEndpoint(Authority!, allowsQuery: false) is { } whyNot)
        {
            yield return $"{path}:{nameof(Authority)} {whyNot}";
        }

        foreach (var (setting, value) in Endpoints().Where(endpoint => !HasAuthority || endpoint.Value.Length > 0))
        {
            if (WhyNotEndpoint(value) is { } why)
            {
                yield return $"{path}:{setting} {why}";
            }
            else if (HasAuthority)
            {
                yield return $"{path}:{setting} is set beside {nameof(Authority)}, which says the endpoints itself; set one or the other.";
            }
        }

        if (HasAuthority && !Scopes.Split(' ').Contains("openid"))
        {
            yield return $"{path}:{nameof(Scopes)} is '{Scopes}'; with {nameof(Authority)} openid has to be among them.";
        }

        foreach (var domain in AllowedDomains.Where(domain => !SettingText.IsDomain(domain)))
        {
            yield return $"{path}:{nameof(AllowedDomains)}: '{domain}' is no domain; allowed is a name such as example.com.";
        }

        foreach (var (group, team) in Groups.Where(group => TeamText.Name(group.Value) is null))
        {
            var problem = PlainText.WhyNoLine("The name of a team", team, TeamText.MaxNameLength);
            yield return $"{path}:{nameof(Groups)}:{group} is '{team}'. {problem}";
        }
    }

    private IEnumerable<(string Setting, string Value)> Endpoints() =>
    [
        (nameof(AuthorizationEndpoint), AuthorizationEndpoint),
        (nameof(TokenEndpoint), TokenEndpoint),
        (nameof(UserInfoEndpoint), UserInfoEndpoint),
    ];

    /// <summary>The end of a sentence that says why the address of an endpoint is invalid; null if it is valid.</summary>
    internal string? WhyNotEndpoint(string value, bool allowsQuery = true)
    {
        if (value.Length == 0)
        {
            return "is missing.";
        }

        if (!SettingText.IsHttpAddress(value, allowsQuery))
        {
            return $"is '{value}'; allowed is an https address without user{(allowsQuery ? "" : ", query")} and fragment.";
        }

        return value.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || AllowHttp
            ? null
            : $"is '{value}', which is not https, and {nameof(AllowHttp)} is off.";
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A/v1/oauth/(callback|redirect)(/[a-z0-9-]+)*/?\z")]
    private static partial Regex Callback();
}
