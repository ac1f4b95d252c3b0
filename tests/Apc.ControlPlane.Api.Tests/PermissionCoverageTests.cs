using System.Reflection;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.GraphQL.CodeFirst;

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
                "ConfirmEmailAsync", "CreateTokenAsync", "CreateUserAsync", "ForgotPassword", "GetAppConfig", "GetAuthConfigAsync", "ResendConfirmation", "ResetPasswordAsync",
            ],
            AllRootFields().Where(f => f.IsDefined(typeof(PublicFieldAttribute))).Select(f => f.Name).Order());

    private static IEnumerable<MethodInfo> AllRootFields()
        => Api.GetTypes()
            .Where(t => t.IsDefined(typeof(QueryTypeAttribute)) || t.IsDefined(typeof(MutationTypeAttribute)) || t.IsDefined(typeof(SubscriptionTypeAttribute)))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));

    private static int Marks(MethodInfo field)
        => new[] { typeof(RequiresPermissionAttribute), typeof(SignedInAttribute), typeof(PublicFieldAttribute) }.Count(mark => field.IsDefined(mark));
}
