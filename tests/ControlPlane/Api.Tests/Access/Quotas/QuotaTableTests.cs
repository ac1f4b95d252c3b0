using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.GraphQL.CodeFirst;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>The table of quotas, what is documented of it, and that nothing which makes rows is outside of it.</summary>
public sealed partial class QuotaTableTests
{
    // Mutations that make no rows of which there could be a flood, and those whose use case spends a quota before its own work.
    private static readonly Dictionary<string, string> Without = new()
    {
        ["createUser"] = "sign-ups-by-address, and by network and platform, or a token that is good once",
        ["createToken"] = "sign-in-failures-by-account, and Quotas:SessionsPerUser",
        ["confirmEmail"] = "sign-in-failures-by-address, and a token that is good once",
        ["acceptInvite"] = "sign-in-failures-by-address, and a token that is good once",
        ["resetPassword"] = "sign-in-failures-by-address, and a token that is good once",
        ["resendConfirmation"] = "mails-by-caller or mails-by-address",
        ["forgotPassword"] = "mails-by-caller or mails-by-address",
        ["verifyEmail"] = "changes a row",
        ["reconcileClusterMetadataJob"] = "shared by all who ask at the same time",
        ["deleteInviteToken"] = "",
        ["deregisterCluster"] = "",
    };

    [Fact]
    public void The_documentation_has_the_table_as_it_is()
    {
        var documented = File.ReadAllLines(Repository.PathOf("docs", "limits.md"))
            .SkipWhile(line => line != "## Quotas").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var expected = QuotaTable.All.Select(Row).ToArray();

        Problems.AreNone(
            expected.Except(documented).Select(row => $"docs/limits.md lacks {row}")
                .Concat(documented.Except(expected).Select(row => $"docs/limits.md has {row}, which QuotaTable has not.")));
        Assert.Equal(expected, documented);
    }

    [Fact]
    public void Every_row_has_a_name_of_its_own_that_fits_its_column()
    {
        Assert.Equal(QuotaTable.All.Select(q => q.Name).Distinct(), QuotaTable.All.Select(q => q.Name));
        Assert.All(QuotaTable.All, quota => Assert.Matches("^[a-z-]{1,40}$", quota.Name));
        Assert.All(QuotaTable.All, quota => Assert.Contains("-by-", quota.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mutation_that_makes_rows_is_under_a_quota()
    {
        var outside = typeof(UserQueries).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(MutationTypeAttribute)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsDefined(typeof(SpendsQuotaAttribute)))
            .Select(NameOf)
            .Where(name => !Removing().IsMatch(name) && !Without.ContainsKey(name));

        Problems.AreNone(outside.Select(name => $"{name} needs [SpendsQuota] with a row of QuotaTable, or a reason in this test."));
    }

    private static string Row(Quota quota)
    {
        var limit = quota.Limit(new QuotaOptions());
        var setting = Regex.Replace(quota.Setting.Replace("o => ", "", StringComparison.Ordinal).Replace("AddressesPerNetwork * ", "5 × ", StringComparison.Ordinal), @"o\.(\w+)", "`Quotas:$1`");
        var window = quota.Window >= TimeSpan.FromHours(1) ? "1 hour" : string.Create(CultureInfo.InvariantCulture, $"{quota.Window.TotalMinutes:0} min");
        var scope = quota.Scope is QuotaScope.Shared ? "all replicas" : "each replica";
        return $"| `{quota.Name}` | {quota.CountedBy} | {limit} | {window} | {scope} | `{quota.Code}` | {setting} |";
    }

    private static string NameOf(MethodInfo method)
    {
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^5] : method.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    // What is removed or changed makes no row but that of the audit trail.
    [GeneratedRegex("^(delete|remove|update)|Remove|Update")]
    private static partial Regex Removing();
}
