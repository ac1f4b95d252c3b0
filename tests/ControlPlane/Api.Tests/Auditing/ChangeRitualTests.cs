using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>What changes something does so through <c>Changes</c>; see docs/decisions/0016.</summary>
public sealed partial class ChangeRitualTests
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["UserSignIn.cs"] = "One statement: a transaction would cost every sign-in two round trips more.",
        ["UserLinks.cs"] = "Runs while a mail is written, for nobody who could be named in a row.",
        ["SignInCodes.cs"] = "A code for a browser that is about to sign in changes nothing that the audit trail shows.",
        ["FirstUserClaim.cs"] = "The code of an empty platform is made before there is a caller.",
        ["FeedReader.cs"] = "A snapshot to read from.",
        ["ClusterResultWriter.cs"] = "Rows that one statement stored for up to 500 clusters.",
    };

    // The others are what it is made of.
    private static readonly string[] Floors = ["Fleet", "Tenancy", "Identity", "Access/CustomRoles", "Access/RoleBindings"];

    [Fact]
    public void Role_bindings_are_added_and_removed_in_one_place_which_asks_for_the_lock()
        => Problems.AreNone(
            Directory.EnumerateFiles(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api"), "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "RoleChange.cs" && Bindings().IsMatch(File.ReadAllText(file)))
                .Select(file => $"{Path.GetFileName(file)} adds or removes role bindings by hand: change.AddBinding and change.RemoveBindings do."));

    [Fact]
    public void All_begin_commit_announce_and_forget_in_one_way()
    {
        var byHand = Floors.SelectMany(floor => Directory.EnumerateFiles(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api", floor), "*.cs", SearchOption.AllDirectories))
            .Where(file => Steps().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file)).ToArray();

        Problems.AreNone(
            byHand.Except(Reasons.Keys).Select(file => $"{file} begins or commits by hand: a use case changes things in Changes.RunAsync.")
                .Concat(Reasons.Keys.Except(byHand).Select(file => $"{file} has a reason here and does not need it.")));
    }

    [GeneratedRegex(@"BeginTransactionAsync|BeginLockedAsync|\.CommitAsync\(|\.Announce\(|ForgetAll\(\)|catch \(DbUpdate|db\.SaveChangesAsync\(")]
    private static partial Regex Steps();

    [GeneratedRegex(@"RoleBindings\.(Add|Remove|Update)|RoleBindings[^;]*ExecuteDelete")]
    private static partial Regex Bindings();
}
