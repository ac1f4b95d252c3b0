using Apc.GraphQL.AspNetCore;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>The engine's messages name the settings of the host, which clients and operators look for.</summary>
public sealed class OptionNameTests(LimitHost host) : IClassFixture<LimitHost>
{
    [Theory]
    [InlineData("MaxBodyBytes", "GraphQL:Limits:MaxBodyBytes")]
    [InlineData("MaxTokens", "GraphQL:Limits:MaxTokens")]
    [InlineData("MaxConnections", "GraphQL:Transports:MaxConnections")]
    [InlineData("MaxAnonymousConnections", "GraphQL:Transports:MaxAnonymousConnections")]
    [InlineData("MaxAnonymousConnectionsPerAddress", "GraphQL:Transports:MaxAnonymousConnectionsPerAddress")]
    [InlineData("MaxOperationsPerConnection", "GraphQL:Transports:MaxOperationsPerConnection")]
    [InlineData("BodyTimeout", "Security:BodyTimeout")]
    [InlineData("OnlyTrustedDocuments", "GraphQL:TrustedDocuments:Only")]
    public void Each_option_is_named_as_the_setting_behind_it(string option, string setting)
    {
        var names = host.Services.GetRequiredService<IOptions<GraphQLServerOptions>>().Value.Execution.OptionNames;

        Assert.Equal($" ({setting})", names.Mention(option));
        Assert.Contains(
            File.ReadLines(Repository.PathOf("docs", "configuration.md")), line => line.StartsWith($"| `{setting}` |", StringComparison.Ordinal));
    }
}
