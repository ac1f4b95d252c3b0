using Apc.ControlPlane.Api.Hosting;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Which folder of the host may use which. The picture is in docs/architecture.md.</summary>
public sealed class HostDependencyTests
{
    private const string Root = "Apc.ControlPlane.Api";

    /// <summary>The host as all tests of this assembly look at it: to load it takes longer than to ask it.</summary>
    internal static Architecture Host { get; } = new ArchLoader().LoadAssemblies(typeof(ControlPlaneHost).Assembly).Build();

    [Fact]
    public void What_features_rest_on_does_not_know_the_features_nor_how_they_are_hosted()
        => ArchRuleDefinition.Types().That().ResideInNamespaceMatching($@"^{Root}\.(?!Hosting|Features)")
            .Should().NotDependOnAny(ArchRuleDefinition.Types().That().ResideInNamespaceMatching($@"^{Root}\.(Hosting|Features)"))
            .Check(Host);

    [Fact]
    public void Features_do_not_know_how_they_are_hosted()
        => ArchRuleDefinition.Types().That().ResideInNamespaceMatching($@"^{Root}\.Features")
            .Should().NotDependOnAny(ArchRuleDefinition.Types().That().ResideInNamespaceMatching($@"^{Root}\.Hosting"))
            .Check(Host);

    [Fact]
    public void Nothing_uses_the_resolvers_of_another_folder()
    {
        Assert.Contains(Host.Types, IsResolver);
        Assert.Empty(
            from type in Host.Types
            from used in type.GetTypeDependencies()
            where IsResolver(used) && !IsWithin(FolderOf(type), FolderOf(used)) && !IsWithin(FolderOf(used), FolderOf(type))
            select $"{type.FullName} must not use {used.FullName}");
    }

    private static bool IsResolver(IType type)
        => FolderOf(type).StartsWith(Root, StringComparison.Ordinal) && (type.NameEndsWith("Queries") || type.NameEndsWith("Mutations") || type.NameEndsWith("Subscriptions"));

    // Parameters of generic types have none.
    private static string FolderOf(IType type) => type.Namespace?.FullName ?? "";

    private static bool IsWithin(string folder, string other) => $"{folder}.".StartsWith($"{other}.", StringComparison.Ordinal);
}
