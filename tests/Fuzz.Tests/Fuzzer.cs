using System.Diagnostics;
using System.Globalization;

namespace Apc.Fuzz.Tests;

/// <summary>
/// Gives many inputs to a part of the engine. Every input follows from a number, its seed, so that one that fails can be made again: with
/// <c>FUZZ_SEED</c> set to it, it comes first. <c>FUZZ_SECONDS</c> goes on for so long instead of a fixed number of inputs, from a seed of the day.
/// </summary>
internal static class Fuzzer
{
    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Repetitions of an input that took too long: a busy machine, a collection or the first use of code makes any input slow once.
    private const int Repetitions = 40;

    /// <summary>Fails with the seed of every input at which the subject throws, or which takes more than 50 ms however often it is tried.</summary>
    /// <param name="part">What is tested, for the report.</param>
    /// <param name="inputs">How many inputs, where no time is set.</param>
    /// <param name="make">Makes an input; the same for the same randomness.</param>
    /// <param name="newSubject">Makes a subject that has seen nothing yet. It takes an input and says whether it was accepted; what it throws is a failure.</param>
    public static void Run<T>(string part, int inputs, Func<Random, T> make, Func<Func<T, bool>> newSubject)
    {
        var run = new FuzzRun<T>(make, newSubject, Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, inputs);
        run.Work(Math.Max(2, Environment.ProcessorCount));
        Report($"{part}: {run.Inputs.ToString("N0", CultureInfo.InvariantCulture)} inputs, {run.Accepted.ToString("N0", CultureInfo.InvariantCulture)} accepted, "
            + $"slowest {run.Slowest.Time.TotalMilliseconds:F1} ms (seed {run.Slowest.Seed}), seeds from {FirstSeed}, {run.Failures.Count} failures");
        Assert.True(run.Failures.IsEmpty, string.Join("\n\n", run.Failures.Take(5)));
    }

    private static double? Seconds => Number("FUZZ_SECONDS");

    // Inputs of one day are the same, so that a failure of the night can be found again in the morning.
    private static int FirstSeed { get; } = (int)(Number("FUZZ_SEED") ?? (Seconds is null ? 1 : DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber * 1_000));

    private static double? Number(string variable)
        => double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);

        if (Environment.GetEnvironmentVariable("FUZZ_REPORT") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }

    private sealed class FuzzRun<T>(Func<Random, T> make, Func<Func<T, bool>> newSubject, TimeSpan? duration, int inputs)
    {
        private readonly Func<Random, T> _make = make;
        private readonly Func<T, bool> _subject = newSubject();
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Lock _lock = new();
        private int _taken;
        private int _accepted;

        public System.Collections.Concurrent.ConcurrentQueue<string> Failures { get; } = [];

        public int Inputs => _taken;

        public int Accepted => _accepted;

        public (TimeSpan Time, int Seed) Slowest { get; private set; }

        public void Work(int threads)
        {
            var workers = Enumerable.Range(0, threads).Select(_ => new Worker(this)).ToList();
            workers.ForEach(worker => worker.Thread.Start());

            foreach (var worker in workers)
            {
                while (!worker.Thread.Join(TimeSpan.FromSeconds(1)) && worker.IsAlive)
                {
                }
            }
        }

        /// <summary>The seed of the next input; null where there are enough of them.</summary>
        private int? TakeSeed()
        {
            var isOver = Failures.Count >= 5 || (duration is { } longest ? _watch.Elapsed > longest : _taken >= inputs);
            return isOver ? null : unchecked(FirstSeed + Interlocked.Increment(ref _taken) - 1);
        }

        private sealed class Worker
        {
            private readonly FuzzRun<T> _run;
            private int _seed;
            private long _since;

            public Worker(FuzzRun<T> run)
            {
                _run = run;
                Thread = new Thread(Work) { IsBackground = true };
            }

            public Thread Thread { get; }

            /// <summary>False, and a failure, where one input takes so long that it will never end.</summary>
            public bool IsAlive
            {
                get
                {
                    var isStuck = Volatile.Read(ref _since) is > 0 and var since && Stopwatch.GetElapsedTime(since) > Patience;

                    if (isStuck)
                    {
                        _run.Failures.Enqueue($"FUZZ_SEED={_seed} does not end:\n{Describe(_run._make(new Random(_seed)))}");
                    }

                    return !isStuck;
                }
            }

            private void Work()
            {
                while (_run.TakeSeed() is { } seed)
                {
                    _seed = seed;
                    Volatile.Write(ref _since, Stopwatch.GetTimestamp());
                    _run.Try(seed);
                }
            }
        }

        private void Try(int seed)
        {
            var input = default(T);

            try
            {
                input = _make(new Random(seed));
                var time = Measure(_subject, input, out var isAccepted);

                // Caches must not hide how long it takes: each repetition begins anew.
                for (var i = 0; i < Repetitions && time > MostTime; i++)
                {
                    time = new[] { time, Measure(newSubject(), input, out _) }.Min();
                }

                if (time > MostTime)
                {
                    Failures.Enqueue($"FUZZ_SEED={seed} takes {time.TotalMilliseconds:F0} ms or more:\n{Describe(input)}");
                }

                Note(seed, time, isAccepted);
            }
            catch (Exception e)
            {
                Failures.Enqueue($"FUZZ_SEED={seed} fails:\n{Describe(input)}\n{e}");
            }
        }

        private void Note(int seed, TimeSpan time, bool isAccepted)
        {
            if (isAccepted)
            {
                Interlocked.Increment(ref _accepted);
            }

            lock (_lock)
            {
                Slowest = time > Slowest.Time ? (time, seed) : Slowest;
            }
        }

        private static TimeSpan Measure(Func<T, bool> subject, T input, out bool isAccepted)
        {
            var start = ThreadTime.Now;
            isAccepted = subject(input);
            return ThreadTime.Now - start;
        }

        private static string Describe(T? input)
        {
            var text = input?.ToString() ?? "(not made)";
            return text.Length <= 2_000 ? text : $"{text[..1_000]} … {text.Length - 2_000} characters … {text[^1_000..]}";
        }
    }
}
