using System.Text.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>The real host for one test class, with the limits that hold by default.</summary>
public class LimitHost(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new(server);

    private ApiHost _host = null!;

    /// <summary>Somebody who shows no token.</summary>
    internal Wire Anonymous { get; private set; } = null!;

    /// <summary>The admin.</summary>
    internal Wire Admin { get; private set; } = null!;

    /// <summary>What the host is made of.</summary>
    internal IServiceProvider Services => _host.Services;

    /// <summary>What is set besides the defaults.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _host = await ApiHost.StartAsync(_database, settings: Settings);
        var endpoint = new Uri(_host.Address, "/v1");
        Anonymous = new Wire(endpoint);
        var session = await Anonymous.AskAsync(
            "mutation { createToken(identity: \"admin@example.com\", password: \"Correct-horse-1\") { token { value } } }");
        Admin = new Wire(
            endpoint, JsonDocument.Parse(session.Body).RootElement.GetProperty("data").GetProperty("createToken").GetProperty("token").GetProperty("value").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with every limit set to another value.</summary>
public sealed class LoweredLimitHost(PostgresServer server) : LimitHost(server)
{
    protected override string[] Settings =>
    [
        "GraphQL:Limits:MaxBodyBytes=2000",
        "GraphQL:Limits:MaxTokens=60",
        "GraphQL:Limits:MaxNesting=12",
        "GraphQL:Limits:MaxDepth=6",
        "GraphQL:Limits:MaxIntrospectionDepth=5",
        "GraphQL:Limits:MaxAliases=4",
        "GraphQL:Limits:MaxRootFieldRepeats=3",
        "GraphQL:Limits:MaxDirectivesPerLocation=1",
        "GraphQL:Limits:MaxDirectives=2",
        "GraphQL:Limits:MaxCost=10",
        "GraphQL:Limits:MaxPlannedSelections=58",
        "GraphQL:Limits:MaxValidationErrors=2",
        "GraphQL:Limits:MaxVariableValues=7",
    ];
}
