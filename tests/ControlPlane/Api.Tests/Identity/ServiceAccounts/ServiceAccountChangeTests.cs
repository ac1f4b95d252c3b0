using System.Text.Json;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

public class ServiceAccountChangeTests
{
    [Theory]
    [InlineData("""{"role":"half \ud800"}""", "The payload cannot be used: role has to be the name of a role.")]
    [InlineData("""{"half \ud800":"x"}""", "The payload cannot be used: it has members other than label, category, active and role.")]
    public void Half_a_character_is_refused_like_anything_else_that_nobody_knows(string payload, string message)
        => Assert.Equal(message, Assert.Throws<ServiceAccountPayloadInvalidException>(() => Read(payload)).Message);

    [Fact]
    public void The_last_of_members_with_the_same_name_counts_however_they_are_written()
    {
        var change = Read("""{"label":"first","category":"half \ud800","active":true,"\u006cabel":"last"}""");

        Assert.Equal(("last", "half \ud800", true, null), (change.Label, change.Category.Value, change.Active, change.Role));
    }

    private static ServiceAccountChange Read(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return ServiceAccountChange.Read(document.RootElement, RoleTable.BuiltIn);
    }
}
