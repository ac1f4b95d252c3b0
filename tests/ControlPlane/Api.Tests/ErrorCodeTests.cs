using System.Reflection;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.Errors;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>The words by which programs tell errors apart: promised in docs/errors.md, all of them and no others.</summary>
public sealed partial class ErrorCodeTests
{
    // One word for one kind of refusal, whichever list it is about, and that of the engine for arguments that do not go together.
    private static readonly string[] Shared = ["BAD_USER_INPUT", "CURSOR_NOT_FOUND", DatabaseOutage.Code];

    // What a code begins with: the thing that is wrong.
    private static readonly string[] Entities =
    [
        "CLAIM_CODE", "CLUSTER", "CURSOR", "CUSTOM_ROLE", "DEPLOYMENT", "EMAIL", "FULL_NAME", "GROUP", "INVITATION", "INVITER", "KEY", "LINK", "LOCAL_SIGN_IN", "MAIL", "PASSWORD", "PROVIDER",
        "PUBLIC_SIGNUPS", "QUOTA", "ROLE", "SERVICE_ACCOUNT", "SIGN_IN", "SIGN_UP", "SUBSCRIPTION", "SYNC_RUN", "SYSTEM_ROLE", "TEAM", "TOKEN", "USER", "USERNAME", "WORKSPACE",
    ];

    // Older than the rule, and matched by programs.
    private static readonly Dictionary<string, string> MatchedBy = new(StringComparer.Ordinal)
    {
        ["NOT_FOUND"] = "Houston's word for a cluster that is not there: dashboards and the command line client.",
        ["UNAUTHENTICATED"] = "Apollo's word: its clients sign in again.",
        ["FORBIDDEN"] = "Apollo's word.",
        ["BAD_USER_INPUT"] = "Apollo's word.",
        ["INVALID_CLUSTER_NAME"] = "Scripts that register clusters.",
        ["INVALID_METADATA_URL"] = "Scripts that register clusters.",
        ["INVALID_CONFIG_OVERRIDE"] = "Scripts that register and change clusters.",
        ["INVALID_STATUS_REASON"] = "Scripts that change the status of clusters.",
        ["INVALID_CREDENTIALS"] = "Pages and clients that sign in.",
        ["INVALID_ROLE"] = "Clients that give roles.",
        ["INVALID_CUSTOM_ROLE"] = "Clients that make roles.",
        ["LAST_ADMIN"] = "Clients that take roles.",
        ["LAST_SYSTEM_ADMIN"] = "Clients that take roles.",
        ["OWN_ROLE"] = "Clients that give and take roles.",
        ["OWN_USER"] = "Clients that remove users.",
        ["CHANGED_MEANWHILE"] = "Clients that change things: of whatever it was.",
    };

    [Fact]
    public void Codes_name_the_entity_and_then_the_problem()
    {
        var others = DomainCodes().Where(c => c.Exception != typeof(ClusterUnreachableException)).Select(c => c.Code).Distinct()
            .Except([DatabaseOutage.Code, ErrorCodes.Timeout, ErrorCodes.LimitExceeded])
            .Where(code => !Entities.Any(entity => code.StartsWith(entity + "_", StringComparison.Ordinal))).ToArray();

        Problems.AreNone(
            others.Except(MatchedBy.Keys).Select(code => $"{code} is not <ENTITY>_<PROBLEM>, with an entity that this test lists.")
                .Concat(MatchedBy.Keys.Except(others).Select(code => $"{code} is listed as older, and is the code of nothing.")));
    }

    [Fact]
    public void Every_code_is_documented_and_no_other()
    {
        var documented = Rows().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(row => row.Groups[1].Value).ToArray();

        Assert.Equal(documented.Distinct(), documented);
        Problems.AreNone(
            AllCodes().Except(documented).Select(code => $"docs/errors.md lacks {code}.")
                .Concat(documented.Except(AllCodes()).Select(code => $"docs/errors.md has {code}, which is the code of nothing.")));
    }

    [Fact]
    public void Every_domain_exception_has_its_own_code()
        => Assert.Empty(DomainCodes()
            .Where(c => c.Exception != typeof(ClusterUnreachableException) && !Shared.Contains(c.Code))
            .GroupBy(c => c.Code)
            .Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} is the code of {string.Join(" and ", same.Select(c => c.Exception.Name))}"));

    [Fact]
    public void Codes_are_words_in_capitals_joined_by_underscores()
        => Assert.All(AllCodes(), code => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", code));

    private static IEnumerable<string> AllCodes()
        => DomainCodes().Select(c => c.Code).Concat(EngineCodes()).Concat(TransportCodes()).Append(DatabaseOutage.Code);

    private static IEnumerable<string> EngineCodes()
        => typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    // Requests that never reach the engine have no public type: their codes are read where they are written.
    private static IEnumerable<string> TransportCodes()
        => Words().Matches(File.ReadAllText(Repository.PathOf("src", "GraphQL", "Apc.GraphQL.AspNetCore", "Http", "RequestProblem.cs")))
            .Select(word => word.Groups[1].Value);

    private static IEnumerable<(Type Exception, string Code)> DomainCodes()
        => from type in new[] { typeof(DomainException).Assembly, typeof(DomainErrorFilter).Assembly }.SelectMany(assembly => assembly.GetTypes())
           where type.IsSubclassOf(typeof(DomainException)) && !type.IsAbstract
           from exception in Samples(type)
           select (type, exception.Code);

    /// <summary>The exception as it is thrown; one for each code of a probe where it takes that over.</summary>
    private static IEnumerable<DomainException> Samples(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Single();
        var parameters = constructor.GetParameters();

        if (parameters is [{ ParameterType: var only }] && only == typeof(ProbeOutcome))
        {
            return ProbeCodes.All.Where(text => !text.Code.IsAnswer())
                .Select(text => (DomainException)constructor.Invoke([ProbeOutcome.Failed(text.Code)]));
        }

        if (type == typeof(QuotaExceededException))
        {
            // What has no refusal of its own is answered like any unknown token.
            return QuotaTable.All.Where(quota => quota != QuotaTable.UnknownTokenByAddress)
                .DistinctBy(quota => quota.Code)
                .Select(quota => new QuotaExceededException(quota, TimeSpan.Zero));
        }

        return [(DomainException)constructor.Invoke([.. parameters.Select(p => Sample(p.ParameterType))])];
    }

    private static object Sample(Type type) => type switch
    {
        _ when type == typeof(string) => "sample",
        _ when type == typeof(RoleTable) => RoleTable.BuiltIn,
        _ when type == typeof(Role) => RoleTable.BuiltIn[RoleNames.User],
        _ when type.IsAssignableFrom(typeof(string[])) => Array.Empty<string>(),
        _ => Activator.CreateInstance(type)!,
    };

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("\"([A-Z]+(?:_[A-Z]+)+)\"")]
    private static partial Regex Words();
}
