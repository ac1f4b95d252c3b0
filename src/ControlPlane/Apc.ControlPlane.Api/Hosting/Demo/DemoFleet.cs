using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Hosting.Demo;

/// <summary>The simulated data planes of the demo.</summary>
internal sealed class DemoFleet(Uri simulator) : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { BaseAddress = simulator, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The clusters with their faults.</summary>
    public static readonly IReadOnlyList<DemoCluster> Clusters =
    [
        new("aws-us-east-1-prod", "aws", "us-east-1"),
        new("aws-us-east-1-staging", "aws", "us-east-1"),
        new("aws-us-west-2-prod", "aws", "us-west-2"),
        new("aws-eu-central-1-prod", "aws", "eu-central-1", Fault: "unhealthy"),
        new("gcp-us-central1-prod", "gcp", "us-central1"),
        new("gcp-europe-west1-prod", "gcp", "europe-west1"),
        new("gcp-europe-west1-staging", "gcp", "europe-west1"),
        new("gcp-asia-east1-prod", "gcp", "asia-east1"),
        new("azure-westeurope-prod", "azure", "westeurope"),
        new("azure-westeurope-staging", "azure", "westeurope", Fault: "error500"),
        new("azure-eastus-prod", "azure", "eastus"),
        new("azure-japaneast-prod", "azure", "japaneast"),
    ];

    /// <summary>The address under which a cluster is registered.</summary>
    public string MetadataUrlOf(DemoCluster cluster) => new Uri(_http.BaseAddress!, $"/clusters/{cluster.Name}").AbsoluteUri;

    /// <summary>Waits up to 15 seconds for the simulator, which may have been started together with this program.</summary>
    /// <exception cref="SettingException">It does not answer in time.</exception>
    public async Task WaitUntilReadyAsync(TimeProvider clock)
    {
        var started = clock.GetTimestamp();

        while (true)
        {
            try
            {
                using var response = await _http.GetAsync("/control/defaults");
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                if (clock.GetElapsedTime(started) > StartTime)
                {
                    throw Silent(exception);
                }
            }

            await Task.Delay(BetweenTries, clock);
        }
    }

    /// <summary>Gives clusters their provider and region without faults, so that they can be registered.</summary>
    /// <exception cref="SettingException">The simulator does not answer.</exception>
    public Task MakeHealthyAsync(IEnumerable<DemoCluster> clusters) => ConfigureAsync(clusters, _ => "healthy");

    /// <summary>Gives every cluster its provider, region and fault.</summary>
    /// <exception cref="SettingException">The simulator does not answer.</exception>
    public Task MakeIllAsync() => ConfigureAsync(Clusters, c => c.Fault);

    public void Dispose() => _http.Dispose();

    private async Task ConfigureAsync(IEnumerable<DemoCluster> clusters, Func<DemoCluster, string> fault)
    {
        foreach (var cluster in clusters)
        {
            var behaviour = new
            {
                fault = fault(cluster),
                payload = new { cloudProvider = cluster.CloudProvider, region = cluster.Region },
            };

            try
            {
                using var response = await _http.PutAsJsonAsync($"/control/clusters/{cluster.Name}", behaviour);
                response.EnsureSuccessStatusCode();
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                throw Silent(exception);
            }
        }
    }

    private SettingException Silent(Exception exception)
        => new(
            $"The simulator at {_http.BaseAddress} (Demo:SimulatorUrl) does not answer: {exception.Message} "
            + "deploy/local.sh starts both programs.");
}

/// <summary>One simulated data plane.</summary>
internal sealed record DemoCluster(string Name, string CloudProvider, string Region, string Fault = "healthy");
