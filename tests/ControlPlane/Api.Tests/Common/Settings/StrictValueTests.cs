namespace Apc.ControlPlane.Api.Tests.Common.Settings;

/// <summary>
/// Every setting is read to the letter. Near-misses are made for all settings of all options classes; each has to stop the start, with its name, its value and
/// what is allowed.
/// </summary>
public sealed class StrictValueTests
{
    // What lenient parsers make something of, or what a slip of the keyboard leaves; the place of the good value is {0}.
    private static readonly string[] NearMisses =
    [
        "{0} ", " {0}", "{0}\t", "{0}\n", "{0}\0", "\u00a0{0}", "{0}\u200b", "\ufeff{0}", "+{0}", "{0},", "({0})", "\"{0}\"", "'{0}'",
    ];

    private static readonly string[] NoNumbers =
        ["", "many", "0x10", "1e3", "07", "1_000", "1,000", "1.0", "10s", "5 m", "--1", "\uff11\uff12", "\u0661", "NaN", "Infinity", "1 0", "99999999999999999999", "-99999999999999999999", "½"];

    private static readonly string[] NoTimes =
        ["", "10", "24:00", "24:00:00", "00:10", "0:0:5", "00:00:60", "00:60:00", "-00:00:05", "00:00:05,5", "00.00.05", "5s", "PT5S", "1:00:00:00", "00:00:05.12345678", "\uff10\uff10:00:05", "00:00", "1e3", "NaN"];

    private static readonly string[] NoTruth = ["", "yes", "no", "on", "off", "1", "0", "t", "truе", "true;", "True False", "null"];

    private static readonly string[] NoNames = ["", "0", "1", "-1", "99", "Al", "All,Off", "All|Off", "\uff21ll"];

    private static readonly string[] NoTexts = ["a\0b", "a\nb", "a\r\n", " a", "a ", "\ta", "a\u200bb", "a\u2028", "\u202ea", "\ufeffa"];

    public static TheoryData<int> Rounds => [.. Enumerable.Range(0, 32)];

    /// <summary>Each round gives every setting its next near-miss: one start names them all.</summary>
    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task A_value_that_only_a_lenient_parser_could_read_stops_the_start(int round)
    {
        var wrong = AllSettings.Walk().Select(setting => (setting.Name, Value: Pick(WrongFor(setting), round))).ToArray();

        var problems = await AllSettings.ProblemsAsync(wrong.Select(w => $"--{w.Name}={w.Value}"));

        Assert.Equal([], wrong.Where(w => !problems.Any(p => p.StartsWith($"{w.Name} ", StringComparison.Ordinal) && p.Contains("; allowed is ", StringComparison.Ordinal)))
            .Select(w => $"{w.Name}={w.Value}"));
    }

    [Fact]
    public async Task A_number_that_is_one_but_out_of_any_range()
        => Assert.Equal(
            ["DataPlanes:MaxParallel is '99999999999'; allowed is 1 to 4096.", "GraphQL:Limits:MaxCost is -99999999999; allowed is 0 to 1000000000."],
            (await AllSettings.ProblemsAsync("--DataPlanes:MaxParallel=99999999999", "--GraphQL:Limits:MaxCost=-99999999999")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData(" true")]
    public async Task A_proxy_that_would_not_be_believed_for_a_slip(string value)
        => Assert.Equal(
            [$"ASPNETCORE_FORWARDEDHEADERS_ENABLED is '{value}'; allowed is true or false."], await AllSettings.ProblemsAsync($"--ForwardedHeaders_Enabled={value}"));

    [Fact]
    public async Task A_value_that_is_too_long_stops_the_start_and_is_not_repeated_whole()
    {
        var texts = AllSettings.Walk().Where(s => s.Type == typeof(string)).Select(s => s.Name).ToArray();

        var problems = await AllSettings.ProblemsAsync(texts.Select(name => $"--{name}={new string('a', 5_000)}"));

        Assert.Equal([], texts.Where(name => !problems.Any(p => p.StartsWith($"{name} ", StringComparison.Ordinal))));
        Assert.All(problems, p => Assert.InRange(p.Length, 1, 500));
    }

    [Fact]
    public async Task A_secret_that_cannot_be_used_is_not_repeated()
    {
        string[] secrets = ["Smtp:Password", "Bootstrap:AdminPassword", "Auth:Providers:acme:ClientSecret"];

        var problems = await AllSettings.ProblemsAsync(secrets.Select(name => $"--{name}=s3cret\n"));

        Assert.All(problems, p => Assert.DoesNotContain("s3cret", p, StringComparison.Ordinal));
        Assert.Equal(secrets.Order(), problems.Select(p => p.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task Every_default_can_be_said_outright()
        => Assert.Equal([], await AllSettings.ProblemsAsync(
            AllSettings.Walk().Where(s => s.Default is { Length: > 0 } && !s.Name.Contains(":acme:", StringComparison.Ordinal)).Select(s => $"--{s.Name}={s.Default}")));

    private static string[] WrongFor(AllSettings.Setting setting) => setting.Type switch
    {
        // Not set, where there is no default.
        var type when type == typeof(bool) && setting.Default is "" => [.. NoTruth.Where(t => t.Length > 0), .. Around("true")],
        { IsEnum: true } => [.. NoNames, .. Around(setting.Default!)],
        var type when type == typeof(bool) => [.. NoTruth, .. Around("true")],
        var type when type == typeof(TimeSpan) => [.. NoTimes, .. Around("00:00:05")],
        var type when type == typeof(string) => IsSecret(setting.Name) ? [.. NoTexts.Where(t => t.Trim(' ') == t)] : NoTexts,
        _ => [.. NoNumbers, .. Around("5")],
    };

    private static bool IsSecret(string name) => name.EndsWith("Password", StringComparison.Ordinal) || name.EndsWith("Secret", StringComparison.Ordinal);

    private static IEnumerable<string> Around(string value) => NearMisses.Select(miss => string.Format(System.Globalization.CultureInfo.InvariantCulture, miss, value));

    private static string Pick(string[] values, int round) => values[round % values.Length];
}
