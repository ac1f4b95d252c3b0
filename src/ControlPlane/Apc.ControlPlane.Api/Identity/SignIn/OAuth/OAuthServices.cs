using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

public static class OAuthServices
{
    // Time limit for a person at the provider.
    private static readonly TimeSpan JourneyTime = TimeSpan.FromMinutes(15);

    private const int MaxAnswerBytes = 1024 * 1024;

    // Limits the load that requests with invalid codes put on a provider.
    private const int MaxConnections = 16;

    /// <summary>Adds the configured providers. Needs users, invitations and passwords.</summary>
    public static IServiceCollection AddOAuthSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AuthOptions>(AuthOptions.Section);
        services.AddSingleton<IdentityLinker>();
        services.AddSingleton<ExternalSignUp>();
        services.AddSingleton<TeamMemberships>();
        services.AddSingleton<GroupTeams>();
        services.AddSingleton<SignInCodes>();
        services.AddSingleton<BrowserCookie>();
        services.AddSingleton<JourneyCookie>();
        services.AddSingleton<AuthConfigReader>();

        var providers = configuration.GetSection($"{AuthOptions.Section}:{nameof(AuthOptions.Providers)}").GetChildren().ToList();

        if (providers.Count > 0)
        {
            services.AddKeyRing();
        }

        // The only parts of the framework's authentication that are used.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        var authentication = new AuthenticationBuilder(services);

        foreach (var provider in providers)
        {
            var name = provider.Key;

            if (string.IsNullOrEmpty(provider[nameof(AuthProviderOptions.Authority)]))
            {
                authentication.AddRemoteScheme<OAuthOptions, ProviderHandler>(name, displayName: null, configureOptions: null!);
                services.AddOptions<OAuthOptions>(name).Configure<IServiceProvider>((options, host) => Configure(options, name, host));
            }
            else
            {
                authentication.AddRemoteScheme<OpenIdConnectOptions, OpenIdHandler>(name, displayName: null, configureOptions: null!);
                services.AddOptions<OpenIdConnectOptions>(name)
                    .Configure<IServiceProvider>((options, host) => Configure(options, name, host));
            }
        }

        return services;
    }

    private static void AddKeyRing(this IServiceCollection services)
    {
        services.AddSingleton<ProtectionKeys>();

        // The repository seals keys itself if the database has a password.
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>(
            (options, keys) => (options.XmlRepository, options.XmlEncryptor) = (keys, new NullXmlEncryptor()));

        // Without a name the ring would depend on the folder in which the program is started.
        services.AddDataProtection().SetApplicationName("apc-control-plane");

        // It would read the ring at the start of the host; the first sign-in is early enough.
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Name == "DataProtectionHostedService"));
    }

    private static void Configure(OAuthOptions options, string name, IServiceProvider host)
    {
        var provider = ConfigureJourney(options, name, host);
        var state = State(name, host);

        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.AuthorizationEndpoint = provider.AuthorizationEndpoint;
        options.TokenEndpoint = provider.TokenEndpoint;
        options.UserInformationEndpoint = provider.UserInfoEndpoint;
        options.UsePkce = true;
        options.StateDataFormat = state;
        options.Events = ActivatorUtilities.CreateInstance<ProviderEvents>(host, name, provider, state).OfOAuth();
        SetScopes(options.Scope, provider);
    }

    private static void Configure(OpenIdConnectOptions options, string name, IServiceProvider host)
    {
        var provider = ConfigureJourney(options, name, host);
        var state = State(name, host);
        var document = new ProviderDocument(provider, options.Backchannel, options.TimeProvider!);

        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.ConfigurationManager = document;
        options.TokenHandler = new SignedIdTokens(document);
        options.TokenValidationParameters.ValidAudience = provider.ClientId;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.DisableTelemetry = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.StateDataFormat = state;
        options.Events = new OpenIdEvents(ActivatorUtilities.CreateInstance<ProviderEvents>(host, name, provider, state));

        // OpenIdEvents adds and checks one; if it were required, the framework would keep another in a cookie.
        options.ProtocolValidator.RequireNonce = false;
        SetScopes(options.Scope, provider);
    }

    /// <summary>Sets the options that both kinds of providers have.</summary>
    private static AuthProviderOptions ConfigureJourney(RemoteAuthenticationOptions options, string name, IServiceProvider host)
    {
        var auth = host.GetRequiredService<IOptions<AuthOptions>>().Value;
        var provider = auth.Providers[name];
        var clock = host.GetRequiredService<TimeProvider>();

        options.CallbackPath = OAuthEndpoints.CallbackPath(name, provider);
        options.RemoteAuthenticationTimeout = JourneyTime;
        options.Backchannel = CreateBackchannel(provider, auth.Timeout, clock, host);
        options.TimeProvider = clock;

        // Lax, because the provider sends browsers back by a link from another site; over http for tests.
        options.CorrelationCookie.Path = "/";
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        return provider;
    }

    private static SealedState State(string name, IServiceProvider host)
        => new(host.GetRequiredService<IDataProtectionProvider>(), name, JourneyTime, host.GetRequiredService<TimeProvider>());

    private static void SetScopes(ICollection<string> scopes, AuthProviderOptions provider)
    {
        scopes.Clear();
        Array.ForEach(provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), scopes.Add);
    }

    /// <summary>
    /// Operators configure these addresses, but the same rules hold as for addresses that users register: no redirects, no cloud metadata,
    /// bounded answers.
    /// </summary>
    private static HttpClient CreateBackchannel(AuthProviderOptions provider, TimeSpan timeout, TimeProvider clock, IServiceProvider host)
    {
        var rules = new OutboundRules
        {
            AllowHttp = provider.AllowHttp,
            AllowLoopback = provider.AllowLoopback,
            TrustedAuthorities = host.GetRequiredService<TrustedAuthorities>().Path,
            ConnectTimeout = timeout,
        };

        var connections = OutboundHandler.Create(
            rules,
            new AddressRules(rules, new OwnAddresses(clock)),
            clock,
            new HostLookup(maxParallel: 4).ResolveAsync,
            host.GetRequiredService<ILogger<AuthorityFile>>());
        connections.MaxConnectionsPerServer = MaxConnections;

        return new HttpClient(new ProviderAnswers(connections))
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }
}
