using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Data;
using Microsoft.Extensions.Configuration;

namespace Apc.ControlPlane.Api.Tests.Common.Sealing;

public sealed class DatabaseSealTests
{
    [Fact]
    public void Opens_what_was_sealed_with_the_same_password_and_nothing_else()
    {
        var sealedText = Seal("s3cret").Seal("canary");

        Assert.Equal("canary", Seal("s3cret").Open(sealedText));
        Assert.Null(Seal("changed").Open(sealedText));
        Assert.Null(Seal(password: null).Open(sealedText));
        Assert.Null(Seal("s3cret").Open(sealedText: null));
        Assert.Null(Seal("s3cret").Open([1, 2, 3]));
    }

    [Fact]
    public void Seals_nothing_without_a_password() => Assert.Null(Seal(password: null).Seal("canary"));

    [Fact]
    public void Opens_what_earlier_versions_stored()
        => Assert.Equal(
            "canary", Seal("s3cret").Open(Convert.FromBase64String("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaG+lum+s+NbheDyULlX9AYm+O08MrpbM=")));

    private static DatabaseSeal Seal(string? password) => new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        [$"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"] = password is null ? null : $"Host=x;Password={password}",
    }).Build());
}
