using System.Globalization;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Asks for pages of names, which is enough to tell which clusters came in which order.</summary>
internal static class PageAssert
{
    /// <summary>The page with these arguments has exactly these clusters, and this many match in all.</summary>
    public static async Task ShowsAsync(GraphQLClient client, string arguments, int count, params string[] names)
    {
        var answer = await client.SendAsync(
            $"{{ paginatedClusters{InParentheses(arguments)} {{ clusters {{ name }} count }} }}",
            cancellationToken: TestContext.Current.CancellationToken);

        var clusters = string.Join(',', names.Select(name => $$"""{"name":"{{name.Replace(@"\", @"\\", StringComparison.Ordinal)}}"}"""));
        AnswerAssert.Is(
            string.Create(CultureInfo.InvariantCulture, $$"""{"data":{"paginatedClusters":{"clusters":[{{clusters}}],"count":{{count}} } } }"""), answer);
    }

    /// <summary>The page with these arguments is refused.</summary>
    public static async Task RefusesAsync(GraphQLClient client, string arguments, string message, string code)
        => AnswerAssert.Refuses(
            "paginatedClusters",
            message,
            code,
            await client.SendAsync(
                $"{{ paginatedClusters{InParentheses(arguments)} {{ clusters {{ name }} count }} }}",
                cancellationToken: TestContext.Current.CancellationToken));

    /// <summary>Turns the pages with cursors until one is empty; all the names in the order in which they came.</summary>
    public static async Task<List<string>> WalkAsync(GraphQLClient client, string arguments, int take)
    {
        var names = new List<string>();
        string? cursor = null;

        do
        {
            var answer = await client.SendAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"query($cursor: Uuid) {{ paginatedClusters(take: {take}, cursor: $cursor, {arguments}) {{ clusters {{ id name }} }} }}"),
                new { cursor },
                TestContext.Current.CancellationToken);
            cursor = null;

            foreach (var cluster in answer.Data("paginatedClusters.clusters").EnumerateArray())
            {
                cursor = cluster.GetProperty("id").GetString();
                names.Add(cluster.GetProperty("name").GetString()!);
            }
        }
        while (cursor is not null);

        return names;
    }

    private static string InParentheses(string arguments) => arguments.Length == 0 ? "" : $"({arguments})";
}
