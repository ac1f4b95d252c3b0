using System.Text;
using Apc.Simulation.Faults;

namespace Apc.Simulation.Control;

/// <summary>The response to <c>GET /</c>.</summary>
internal static class HelpPage
{
    public static string Text { get; } = Build();

    private static string Build()
    {
        var page = new StringBuilder(
            """
            Data-plane simulator

            Every name is a cluster. One that nobody configured is healthy and derives its values from its name and the seed.

            What a control plane asks for
              GET    /clusters/{name}/metadata   the payload of the deployment orchestrator
              GET    /clusters/{name}/healthz    200 {"status":"HEALTHY"}, or 503 when the cluster is not healthy; not counted
            The address to register is the part before /metadata. A fault holds for both paths. Names have 1 to 253 characters, no slash.

            Control
              GET    /                           this page
              GET    /control/clusters           the clusters that are configured
              GET    /control/clusters/{name}    what a cluster does
              PUT    /control/clusters/{name}    replaces what it does:
                       fault         one of the faults below; healthy unless given
                       latencyMs     time before each answer, 0 to 600000; unless given the default below
                       healthStatus  the payload's healthStatus and commander.status
                       statusReason  an object, the payload's statusReason
                       payload       an object laid over the payload: objects merge, other values replace, null stays null
                       without       members taken out of the payload: ["dataplaneUrl", "commander.version"]
              DELETE /control/clusters/{name}    lets the defaults hold for it again
              GET    /control/defaults           what clusters do that are not configured
              PUT    /control/defaults           replaces it; what is not given is as at the start:
                       latencyMs     0 to 600000
                       hungFraction  0 to 1: share of the clusters, chosen by name and seed, that never answer
                       seed          chooses the derived values of each cluster, and which ones hang
              GET    /control/requests           requests of /metadata since the last reset: all, open now, most open at one time;
                                                 in total and for each cluster
              GET    /control/requests/{name}    the same for one cluster
              DELETE /control/requests           counts from zero again
              DELETE /control                    as just started: nothing configured, first defaults, counts zero
            Input that is wrong is refused whole: 400 with {"errors": [...]}. Bodies have up to 4 MiB.

              curl -X PUT localhost:8872/control/clusters/one -d '{"fault": "slowBody:50"}'

            Faults (name, or name:argument)

            """);

        foreach (var kind in FaultCatalog.Kinds)
        {
            page.Append("  ").Append(kind.Name.PadRight(17)).Append(kind.Meaning).Append('\n');

            if (kind.Argument.Length > 0)
            {
                page.Append(' ', 21).Append("argument: ").Append(kind.Argument).Append('\n');
            }
        }

        return page.Append(
            """

            Settings (command line --Name value, or environment with __ for :)
              --urls                    http://127.0.0.1:8872 unless set
              --Simulator:LatencyMs     0 unless set
              --Simulator:HungFraction  0 unless set
              --Simulator:Seed          1 unless set

            """).ToString();
    }
}
