using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>A cursor that names nothing is refused with the word for what the list is of.</summary>
public sealed class CursorTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // The longer ones first: a list of one thing may belong to another.
    private static readonly string[] Words =
        ["status change", "audit log", "custom role", "service account", "deployment", "invitation", "workspace", "cluster", "team", "user"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_list_speaks_of_what_it_lists()
    {
        var cluster = StoredClusters.Make("one");
        await using var host = await ApiHost.StartAsync(database);
        var token = await SchemaCalls.StoreAsync(database, cluster, host.Services.GetRequiredService<TokenIssuer>(), TimeProvider.System.GetUtcNow(), Stop);
        using var anonymous = host.Anonymous;
        var calls = await SchemaCalls.ReadAsync(anonymous, cluster.Id, Stop);
        using var http = new HttpClient { BaseAddress = host.Address };
        var lists = new List<string>();

        foreach (var call in calls.Of("Query"))
        {
            foreach (var place in call.Places.Where(p => p.Parent is null && p.Name.EndsWith("cursor", StringComparison.OrdinalIgnoreCase)))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1")
                {
                    Content = new StringContent(SchemaCalls.Body(call, place, "\"nothing\""), Encoding.UTF8, "application/json"),
                };
                request.Headers.TryAddWithoutValidation("Authorization", token);
                using var response = await http.SendAsync(request, Stop);
                using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
                var error = answer.RootElement.GetProperty("errors").EnumerateArray()
                    .First(e => e.GetProperty("extensions").GetProperty("code").GetString() == "CURSOR_NOT_FOUND");
                var message = error.GetProperty("message").GetString()!;
                var word = Words.First(w => message.Contains(w, StringComparison.Ordinal));
                lists.Add($"{string.Join('.', error.GetProperty("path").EnumerateArray().Where(p => p.ValueKind is JsonValueKind.String).Select(p => p.GetString()))}: {word}");
            }
        }

        Assert.All(lists.Where(list => list.Contains("orkspaceUsers", StringComparison.Ordinal)), list => Assert.EndsWith("user", list, StringComparison.Ordinal));
        Assert.All(lists.Where(list => list.StartsWith("sysWorkspaces:", StringComparison.Ordinal)), list => Assert.EndsWith("workspace", list, StringComparison.Ordinal));
        Assert.All(
            lists.Where(list => list.EndsWith(" cluster", StringComparison.Ordinal)),
            list => Assert.Contains("lusters", list, StringComparison.Ordinal));
        Assert.Contains(lists, list => list.StartsWith("sysWorkspaces:", StringComparison.Ordinal));
        Assert.Contains(lists, list => list.StartsWith("paginatedWorkspaceUsers:", StringComparison.Ordinal));
    }
}
