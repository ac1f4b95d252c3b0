using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Apc.Benchmarks.Read;

/// <summary>The load generator <c>wrk</c> (Debian package of that name), driven by a script that writes the bodies.</summary>
internal static partial class Wrk
{
    private const int Connections = 32;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Loads an address for a while.</summary>
    /// <returns>Requests per second.</returns>
    public static async Task<double> RunAsync(Uri address, string token, ReadCase read, string idsFile, int seconds)
    {
        var script = Path.ChangeExtension(Path.GetTempFileName(), ".lua");
        await File.WriteAllTextAsync(script, Script(token, read, idsFile));

        try
        {
            var output = await OutputAsync("wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script, address.AbsoluteUri);

            if (Failures().Match(output) is { Success: true } failures)
            {
                throw new InvalidOperationException($"{read.Name} at {address}: {failures.Value}");
            }

            return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string Script(string token, ReadCase read, string idsFile)
    {
        // Once for JSON, and once more for the script's own quotes.
        var query = JsonSerializer.Serialize(read.Query, Plain)[1..^1].Replace("\\", "\\\\", StringComparison.Ordinal);
        var body = read switch
        {
            { HasLiteralId: true } => $"'{{\"query\":\"{query.Replace("{id}", "' .. id .. '", StringComparison.Ordinal)}\",\"variables\":{{\"id\":\"' .. id .. '\"}}}}'",
            { HasId: true } => $"'{{\"query\":\"{query}\",\"variables\":{{\"id\":\"' .. id .. '\"}}}}'",
            _ => $"'{{\"query\":\"{query}\"}}'",
        };

        return $$"""
            local ids = {}
            for line in io.lines('{{idsFile}}') do ids[#ids + 1] = line end
            local headers = { ['Content-Type'] = 'application/json', ['Authorization'] = '{{token}}' }
            local n = 0
            request = function()
              n = n % #ids + 1
              local id = ids[n]
              return wrk.format('POST', nil, headers, {{body}})
            end
            """;
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(Non-2xx or 3xx responses: [1-9].*)|(Socket errors: .*)")]
    private static partial Regex Failures();
}
