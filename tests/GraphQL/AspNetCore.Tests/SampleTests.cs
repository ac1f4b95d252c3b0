using System.Diagnostics;
using System.Net.Http.Json;
using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>The sample that the engine's README shows, started as a program of its own.</summary>
public sealed class SampleTests
{
    private const string Listening = "Now listening on: ";

    private static readonly string Program = Repository.PathOf("src", "GraphQL", "samples", "Minimal", "Program.cs");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_over_HTTP()
    {
        using var sample = Start();

        try
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(sample) };
            var request = new { query = """{ books(since: 1816) { title century } book(title: "Emma") { year } }""" };
            using var response = await http.PostAsJsonAsync("/graphql", request, Cancelled);

            Assert.Equal(
                """{"data":{"books":[{"title":"Frankenstein","century":19},{"title":"Middlemarch","century":19}],"book":{"year":1815}}}""",
                await response.Content.ReadAsStringAsync(Cancelled));
            Assert.StartsWith("<!doctype html>", await http.GetStringAsync("/playground", Cancelled), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            sample.Kill();
            await sample.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public void Is_what_the_README_shows()
        => Assert.Contains(
            $"```csharp\n{File.ReadAllText(Program)}```\n", File.ReadAllText(Repository.PathOf("src", "GraphQL", "README.md")), StringComparison.Ordinal);

    private static Process Start() => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Apc.GraphQL.Samples.Minimal.dll"), "--urls", "http://127.0.0.1:0" },
        RedirectStandardOutput = true,
    })!;

    /// <summary>Where it listens, as it says itself. The rest of its output is read too, so that it never waits for a reader.</summary>
    private static async Task<Uri> AddressAsync(Process sample)
    {
        while (await sample.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var start)
            {
                _ = sample.StandardOutput.ReadToEndAsync(Cancelled);
                return new Uri(line[(start + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException("The sample ended without listening.");
    }
}
