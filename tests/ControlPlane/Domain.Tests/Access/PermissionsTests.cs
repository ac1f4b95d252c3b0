using System.Reflection;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class PermissionsTests
{
    public static TheoryData<string> Names() => [.. Constants(typeof(Permissions)).Select(c => (string)c.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_permission_is_held_by_a_role(string name)
        => Assert.True(
            Roles.All.Any(role => role.Permissions.Contains(name)), $"No role holds {name}: add it to one in Domain/Access/Roles.cs.");

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_scope_dot_entity_dot_action(string name)
        => Assert.Matches("^(system|workspace|deployment)(\\.[a-z][A-Za-z]*){1,4}$", name);

    [Fact]
    public void No_name_stands_for_two_permissions()
    {
        var names = Names().Select(row => row.Data).ToArray();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void The_table_of_roles_names_only_permissions_that_exist()
        => Assert.Empty(Roles.All.SelectMany(role => role.Permissions).Except(Names().Select(row => row.Data)));

    [Fact]
    public void A_permission_that_no_role_holds_cannot_be_asked_for()
    {
        var refused = Assert.Throws<ArgumentException>(() => Permission.Named("system.cluster.get"));

        Assert.Equal("No role holds the permission 'system.cluster.get'. Add it to Roles.All. (Parameter 'name')", refused.Message);
    }

    private static IEnumerable<FieldInfo> Constants(Type type)
        => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(f => f.IsLiteral)
            .Concat(type.GetNestedTypes().SelectMany(Constants));
}
