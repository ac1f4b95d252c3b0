using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.AspNetCore;
using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.AspNetCore.WebSockets;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Language;
using Apc.GraphQL.Types;
using Apc.GraphQL.Validation;
using Apc.GraphQL.Validation.Limits;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The schema of the control plane, and how its requests are executed.</summary>
internal static class GraphQLSetup
{
    // Clients match the error texts that contain these names.
    private static readonly OptionNames SettingNames = new(option => option switch
    {
        nameof(GraphQLExecutorOptions.OnlyTrustedDocuments)
            => $"{TrustedDocumentsOptions.Section}:{nameof(TrustedDocumentsOptions.Only)}",
        nameof(GraphQLServerOptions.BodyTimeout) => $"{EdgeOptions.Section}:{option}",
        nameof(GraphQLServerOptions.MaxConnections)
            or nameof(GraphQLServerOptions.MaxAnonymousConnections)
            or nameof(GraphQLServerOptions.MaxAnonymousConnectionsPerAddress)
            or nameof(GraphQLServerOptions.MaxOperationsPerConnection) => $"{GraphQLTransportsOptions.Section}:{option}",
        _ => $"{GraphQLLimitsOptions.Section}:{option}",
    });

    // The first query in the playground.
    private const string FirstQuery = """
        # Which clusters are there, and how are they?
        # Put a token into Headers, then press Ctrl+Enter.
        query Clusters {
          paginatedClusters(take: 5) {
            count
            clusters {
              id
              name
              status
              statusReason
            }
          }
        }

        """;

    public static void AddControlPlaneGraphQL(this IServiceCollection services)
    {
        services.AddSettings<GraphQLOptions>(GraphQLOptions.Section);
        services.AddSettings<GraphQLLimitsOptions>(GraphQLLimitsOptions.Section);
        services.AddSettings<GraphQLTransportsOptions>(GraphQLTransportsOptions.Section);
        services.AddSettings<TrustedDocumentsOptions>(TrustedDocumentsOptions.Section);
        services.AddSingleton<TrustedDocumentFolder>();
        services.AddSingleton(ConstraintTable.Errors);
        services.AddSingleton<DomainErrorFilter>();
        services.AddSingleton<RefusedReads>();
        services.AddSingleton<ChangeAudit>();

        // Called when all features have added their services.
        services.AddGraphQLServer(provider => BuildSchema(services, provider));
        services.AddOptions<GraphQLServerOptions>().Configure<IServiceProvider>(Configure);
    }

    private static Schema BuildSchema(IServiceCollection services, IServiceProvider provider)
    {
        var kinds = services.Where(s => !s.IsKeyedService).GroupBy(s => s.ServiceType)
            .ToDictionary(g => g.Key, g => g.Last().Lifetime is ServiceLifetime.Singleton ? ServiceKind.Singleton : ServiceKind.Scoped);
        var uuid = new UuidScalar("Uuid");

        return SchemaBuilder.New()
            .AddTypesFrom(typeof(GraphQLSetup).Assembly)
            // Otherwise their order would follow the namespaces of the classes.
            .SortRootFields()
            // A variable may be declared as ID, which gives a string.
            .AddScalar(typeof(Uuid), uuid, given => given is string text ? new Uuid(text) : given)
            .AddScalar(typeof(Guid), uuid)
            .AddScalar(new UuidScalar("Id"))
            .AddEnum(typeof(Role), RoleEnum(provider.GetRequiredService<RoleTable>()))
            .Caller(typeof(Caller))
            .AroundChanges(provider.GetRequiredService<ChangeAudit>().Wrap)
            .Services(type => kinds.GetValueOrDefault(type, ServiceKind.None), provider)
            .Build();
    }

    /// <summary>The roles that have a name in the schema: built in or configured.</summary>
    private static EnumType RoleEnum(RoleTable roles) => new(
        "Role",
        roles.All.Select(r => new EnumValueDefinition(r.Name, r) { Description = r.Description }),
        "A named set of permissions. What each role holds stands in the table of roles.",
        typeof(Role));

    private static void Configure(GraphQLServerOptions server, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<GraphQLOptions>>().Value;
        var callers = provider.GetRequiredService<CallerAuthentication>();
        var refused = provider.GetRequiredService<RefusedAccess>();
        var trusted = provider.GetRequiredService<TrustedDocumentFolder>();

        server.MaxBodyBytes = options.Limits.MaxBodyBytes;
        server.CompressionThreshold = options.Transports.CompressionThreshold;
        server.KeepAlive = options.Transports.KeepAlive;
        server.SendTimeout = options.Transports.SendTimeout;
        server.MaxConnections = options.Transports.MaxConnections;
        server.MaxAnonymousConnections = options.Transports.MaxAnonymousConnections;
        server.MaxAnonymousConnectionsPerAddress = options.Transports.MaxAnonymousConnectionsPerAddress;
        server.BodyTimeout = provider.GetRequiredService<IOptions<EdgeOptions>>().Value.BodyTimeout;
        server.IsSignedIn = caller => caller is Caller { IsSignedIn: true };
        server.MaxOperationsPerConnection = options.Transports.MaxOperationsPerConnection;
        server.ConnectionInitTimeout = options.Transports.ConnectionInitTimeout;
        server.Playground = new PlaygroundOptions { Query = FirstQuery, SignInPath = "/token" };
        server.Authenticate = http => AuthenticateAsync(callers.AuthenticateAsync(http));
        server.AuthenticateConnection = (authorization, cancellationToken)
            => AdmitAsync(callers, refused, authorization, cancellationToken);
        server.Execution = new GraphQLExecutorOptions
        {
            Timeout = options.Timeout,
            ErrorFilter = provider.GetRequiredService<RefusedReads>(),
            Clock = provider.GetRequiredService<TimeProvider>(),
            OptionNames = SettingNames,
            Parser = new ParserOptions { MaxTokens = options.Limits.MaxTokens, MaxNesting = options.Limits.MaxNesting },
            Limits = new DocumentLimits
            {
                MaxDepth = options.Limits.MaxDepth,
                MaxIntrospectionDepth = options.Limits.MaxIntrospectionDepth,
                MaxAliases = options.Limits.MaxAliases,
                MaxRootFieldRepeats = options.Limits.MaxRootFieldRepeats,
                MaxDirectivesPerLocation = options.Limits.MaxDirectivesPerLocation,
                MaxDirectives = options.Limits.MaxDirectives,
                MaxCost = options.Limits.MaxCost,
                SizeArgument = "take",
                MaxPlannedSelections = options.Limits.MaxPlannedSelections,
                MaxVariableValues = options.Limits.MaxVariableValues,
            },
            Validation = new ValidationOptions { MaxErrors = options.Limits.MaxValidationErrors },
            PersistedQueries = options.PersistedQueries,
            TrustedDocuments = trusted.Read(),
            LeaveOutTrustedDocuments = trusted.LeaveOut,
            OnlyTrustedDocuments = options.TrustedDocuments.Only,
            AllowsIntrospection = options.Introspection switch
            {
                IntrospectionAccess.All => null,
                IntrospectionAccess.SignedIn => request => request.Caller is Caller { IsSignedIn: true },
                _ => _ => false,
            },
        };
    }

    private static ValueTask<object?> AuthenticateAsync(ValueTask<Caller> caller)
    {
        return caller.IsCompletedSuccessfully ? new ValueTask<object?>(caller.Result) : WaitAsync(caller);

        static async ValueTask<object?> WaitAsync(ValueTask<Caller> caller) => await caller;
    }

    /// <summary>A connection without a token is anonymous; one with an invalid token is refused, so that the client notices.</summary>
    private static async ValueTask<ConnectionAdmission> AdmitAsync(
        CallerAuthentication callers, RefusedAccess refused, ConnectionAuthorization authorization, CancellationToken cancellationToken)
    {
        var caller = await callers.VerifyAsync(authorization.Value, authorization.Handshake, cancellationToken);
        var isRefused = !caller.IsSignedIn && !AuthorizationHeader.TokenIn(authorization.Value).IsEmpty;

        if (isRefused)
        {
            refused.Token(caller.In(authorization.Handshake));
        }

        return new ConnectionAdmission(caller.In(authorization.Handshake), isRefused ? PermissionDeniedException.Text : null);
    }
}
