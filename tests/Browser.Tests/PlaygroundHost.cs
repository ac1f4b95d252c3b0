using Apc.GraphQL.AspNetCore;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Simulator = Apc.Simulation.DataPlaneSimulator;

namespace Apc.Browser.Tests;

/// <summary>The real host with three registered clusters, for the tests of one class.</summary>
public sealed class PlaygroundHost(PostgresServer server) : IAsyncLifetime
{
    public const string Email = "admin@example.com";
    public const string Password = "Correct-horse-1";

    private readonly PostgresDatabase _database = new(server);
    private Simulator _dataPlanes = null!;
    private ApiHost _host = null!;
    private GraphQLClient _admin = null!;
    private string _cluster = null!;

    public Uri Address => _host.Address;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _dataPlanes = await Simulator.StartAsync();
        _host = await ApiHost.StartAsync(_database);
        _admin = await _host.SignInAsAdminAsync(CancellationToken.None);

        foreach (var name in new[] { "aws-eu-central-1-prod", "aws-us-east-1-prod", "gcp-europe-west4-staging" })
        {
            var answer = await _admin.SendAsync(
                "mutation($name: String!, $url: String!) { registerCluster(name: $name, metadataUrl: $url) { id } }",
                new { name, url = _dataPlanes.MetadataUrl(name) },
                CancellationToken.None);
            _cluster = answer.Text("registerCluster.id");
        }
    }

    /// <summary>The same control plane with the page that is shown where there was no Node; the caller disposes it.</summary>
    public Task<ApiHost> StartPlainAsync()
        => ApiHost.StartAsync(
            _database,
            new HostSetup { Configure = services => services.PostConfigure<GraphQLServerOptions>(options => options.Playground.IsPlain = true) });

    /// <summary>A token of the admin.</summary>
    public async Task<string> CreateTokenAsync()
    {
        using var anonymous = _host.Anonymous;
        var answer = await anonymous.SendAsync(
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity = Email, password = Password },
            CancellationToken.None);
        return answer.Text("createToken.token.value");
    }

    /// <summary>Sets the status of one of the clusters by hand.</summary>
    public Task SetStatusAsync(string status)
        => _admin.SendAsync(
            "mutation($id: Uuid!, $status: ClusterStatus) { updateCluster(id: $id, status: $status) { id } }",
            new { id = _cluster, status },
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_dataPlanes?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _database.DisposeAsync();
    }
}
