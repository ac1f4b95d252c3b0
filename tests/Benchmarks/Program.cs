using System.Globalization;
using Apc.Benchmarks.Access;
using Apc.Benchmarks.Engine;
using Apc.Benchmarks.Read;
using Apc.Benchmarks.Sweep;

// engine …           micro-benchmarks of the engine (BenchmarkDotNet's arguments)
// read [clusters]    the host beside the bare endpoint
// bare URL DATABASE  the bare endpoint itself
// access [users]     who may what, among very many people
// sweep [clusters]   a sweep of the fleet beside a bare loop
return args switch
{
    ["engine", .. var rest] => EngineBenchmarks.Run(rest),
    ["bare", var url, var connectionString] => await BareEndpoint.RunAsync(url, connectionString),
    ["read", .. var rest] => await ReadBenchmark.RunAsync(clusters: Number(rest, 0, 100_000), rounds: Number(rest, 1, 3), seconds: Number(rest, 2, 8), only: rest.ElementAtOrDefault(3) ?? ""),
    ["access", .. var rest] => await AccessBenchmark.RunAsync(users: Number(rest, 0, 100_000), seconds: Number(rest, 1, 5)),
    ["sweep", .. var rest] => await SweepBenchmark.RunAsync(clusters: Number(rest, 0, 10_000), rounds: Number(rest, 1, 3)),
    _ => Usage(),
};

static int Number(string[] arguments, int index, int otherwise)
    => index < arguments.Length ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("engine … | read [clusters [rounds [seconds [request]]]] | access [users [seconds]] | sweep [clusters [rounds]]");
    return 1;
}
