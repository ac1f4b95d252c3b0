using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>An installation in real time, with the limits that hold by default, whose answers are read to the last header.</summary>
public class LimitHost : Installation
{
    public LimitHost(PostgresServer server)
        : this(server, [])
    {
    }

    protected LimitHost(PostgresServer server, string[] settings)
        : base(server, new InstallationSetup { Settings = settings })
    {
    }

    /// <summary>A caller without a token.</summary>
    internal new Wire Anonymous => field ??= Keep(new Wire(new Uri(Address, "/v1")));

    /// <summary>The admin.</summary>
    internal new Wire Admin => field ??= Keep(new Wire(new Uri(Address, "/v1"), base.Admin.Token));
}

/// <summary>The same with every limit set to another value.</summary>
public sealed class LoweredLimitHost(PostgresServer server) : LimitHost(
    server,
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
    ]);
