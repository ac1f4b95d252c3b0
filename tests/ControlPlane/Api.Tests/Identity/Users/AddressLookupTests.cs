using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Users;

/// <summary>Every place of the product that looks something up by an address, and why it may find an unverified one, or does not.</summary>
public sealed partial class AddressLookupTests
{
    private static readonly (string File, int Count, string Why)[] LookUps =
    [
        ("Identity/Invitations/AcceptInvite.cs", 1, "verified"),
        ("Identity/Invitations/InviteUser.cs", 1, "any: says that the address is taken, and gives nothing"),
        ("Identity/SignIn/OAuth/ExternalSignUp.cs", 1, "any: whether a user name is free"),
        ("Identity/SignIn/OAuth/IdentityLinker.cs", 1, "any: an unverified one is taken over by its owner, of whom the provider knows, and nothing of the stranger's stays"),
        ("Access/RoleBindings/SystemRoleRules.cs", 1, "verified"),
        ("Identity/SignIn/Links/ConfirmationMails.cs", 2, "any: a mail goes to the address itself: its link once more, or why a sign-up failed"),
        ("Identity/SignIn/Links/VerifyEmail.cs", 2, "any: it is verified by this"),
        ("Identity/SignIn/Links/ForgotPassword.cs", 1, "verified"),
        ("Identity/Accounts/CreateUser.cs", 2, "any: an unconfirmed one makes room, any other is taken"),
        ("Identity/SignIn/Passwords/UserSignIn.cs", 1, "any: people sign in by what they call themselves, with a password"),
        ("Identity/Users/Usernames.cs", 1, "any: whether a user name is free"),
        ("Identity/Users/UserConditions.cs", 2, "any: shown to those who may see all users, with whether it is verified"),
        ("Tenancy/Workspaces/WorkspaceUpsertUserRole.cs", 1, "verified"),
        ("Tenancy/Workspaces/WorkspaceAddUser.cs", 3, "verified, to be given a role; any, to be told that it is taken"),
        ("Hosting/DemoCommand.cs", 1, "verified"),
        ("Sql/TokenSql.cs", 1, "verified"),
        ("Sql/UserSql.cs", 4, "any: each is named for what it finds, and those who use it are counted where they are"),
    ];

    [Fact]
    public void No_address_is_looked_up_without_a_decision_on_unverified_ones()
    {
        var found = Sources("Apc.ControlPlane.Api").Concat(Sources("Apc.ControlPlane.Data", "Sql/"))
            .Select(source => (source.File, LookUp().Count(File.ReadAllText(source.Path))))
            .Where(file => file.Item2 > 0 && file.File != "Identity/Users/UserLookup.cs")
            .OrderBy(file => file.File, StringComparer.Ordinal);

        Assert.Equal(LookUps.Select(l => (l.File, l.Count)).OrderBy(l => l.File, StringComparer.Ordinal), found);
        Assert.All(LookUps, l => Assert.Matches("^(any: |verified)", l.Why));
    }

    private static IEnumerable<(string File, string Path)> Sources(string project, string below = "")
    {
        var root = Repository.PathOf("src", "ControlPlane", project);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(root, path).Replace('\\', '/'), path))
            .Where(source => source.Item1.StartsWith(below, StringComparison.Ordinal));
    }

    // By the methods that find users so, by the statements and conditions behind them, and by statements on the table.
    [GeneratedRegex(@"\.(FindUserIdAsync|FindUserIdByEmailAsync|FindKnownUserIdByEmailAsync)\(|\.""Email""|HoustonNames\.Email\b|UserSql\.(HasEmail|IdBy\w+)|e\.Address\w* ==|db\.Emails\.Where\(e => e\.UserId == \w+(\.Id)? &&")]
    private static partial Regex LookUp();
}
