using System.Reflection;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Nobody forgets to say whom a root field is for.</summary>
public class PermissionCoverageTests
{
    private static readonly Assembly Api = typeof(UserQueries).Assembly;

    public static TheoryData<string, string> RootFields()
    {
        var fields = new TheoryData<string, string>();

        foreach (var field in AllRootFields())
        {
            fields.Add(field.DeclaringType!.FullName!, field.Name);
        }

        return fields;
    }

    [Theory]
    [MemberData(nameof(RootFields))]
    public void Every_root_field_names_a_permission_or_says_why_it_has_none(string type, string method)
    {
        var field = Api.GetType(type)!.GetMethod(method)!;

        Assert.True(
            Marks(field) == 1,
            $"{type}.{method} needs exactly one of [RequiresPermission], [SignedIn] and [PublicField]; it has {Marks(field)}.");
    }

    [Fact]
    public void The_fields_that_need_no_token_are_these()
        => Assert.Equal(
            [
                "ConfirmEmailAsync", "CreateTokenAsync", "CreateUserAsync", "ForgotPasswordAsync", "GetAppConfig", "GetAuthConfigAsync", "ResendConfirmationAsync", "ResetPasswordAsync",
            ],
            AllRootFields().Where(f => f.IsDefined(typeof(PublicFieldAttribute))).Select(f => f.Name).Order());

    /// <summary>Houston has them, roles hold them, and nothing asks for them before deployments are managed here; a new permission is not to join them.</summary>
    [Fact]
    public void The_permissions_that_nothing_asks_for_yet_are_these()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var unasked = Constants(typeof(Permissions)).Where(c => !Regex.IsMatch(sources, $@"\b{Regex.Escape(c.Name)}\b")).Select(c => c.Permission);

        Snapshot.Match("permissions-unasked.txt", string.Concat(unasked.Order(StringComparer.Ordinal).Select(p => p + "\n")));
    }

    /// <summary>As they are written where they are asked for: <c>Permissions.UsersGet</c>, <c>InWorkspace.UsersGet</c>.</summary>
    private static IEnumerable<(string Name, string Permission)> Constants(Type type)
        => type.GetFields().Where(f => f.IsLiteral).Select(f => ($"{type.Name}.{f.Name}", (string)f.GetRawConstantValue()!))
            .Concat(type.GetNestedTypes().SelectMany(Constants));

    private static IEnumerable<MethodInfo> AllRootFields()
        => Api.GetTypes()
            .Where(t => t.IsDefined(typeof(QueryTypeAttribute)) || t.IsDefined(typeof(MutationTypeAttribute)) || t.IsDefined(typeof(SubscriptionTypeAttribute)))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));

    private static int Marks(MethodInfo field)
        => new[] { typeof(RequiresPermissionAttribute), typeof(SignedInAttribute), typeof(PublicFieldAttribute) }.Count(mark => field.IsDefined(mark));
}
