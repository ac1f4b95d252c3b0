using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.ControlPlane.Api.Tests.Access.Callers;

public class RequiresPermissionAttributeTests
{
    private static readonly Guid Here = new("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Elsewhere = new("01980000-0000-7000-8000-000000000002");

    [Theory]
    [InlineData(RoleNames.SystemAdmin, null)]
    [InlineData(RoleNames.SystemViewer, "FORBIDDEN")]
    public async Task Asks_for_the_permission_everywhere(string role, string? refusal)
        => Assert.Equal(refusal, await RunAsync(new RequiresPermissionAttribute(Permissions.ClustersUpdate), CallerWith(RoleTable.BuiltIn.Grant(role))));

    [Fact]
    public async Task A_caller_without_a_token_is_told_so_by_the_code()
        => Assert.Equal("UNAUTHENTICATED", await RunAsync(new RequiresPermissionAttribute(Permissions.ClustersUpdate), Caller.Anonymous));

    [Fact]
    public async Task A_request_without_a_caller_is_anonymous()
        => Assert.Equal("UNAUTHENTICATED", await RunAsync(new RequiresPermissionAttribute(Permissions.ClustersUpdate), caller: null));

    [Fact]
    public async Task A_role_on_one_cluster_is_not_enough_where_the_permission_is_asked_for_everywhere()
        => Assert.Equal(
            "FORBIDDEN",
            await RunAsync(new RequiresPermissionAttribute(Permissions.ClustersUpdate), CallerWith(RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: Here)), new Uuid(Here.ToString())));

    public static TheoryData<object?, string?> ClusterArguments() => new()
    {
        { new Uuid(Here.ToString()), null },
        { Here, null },
        { new Uuid(Elsewhere.ToString()), "FORBIDDEN" },
        { Elsewhere, "FORBIDDEN" },
        { new Uuid("no-id-of-ours"), "FORBIDDEN" },
        { new Uuid(null), "FORBIDDEN" },
        { null, "FORBIDDEN" },
    };

    [Theory]
    [MemberData(nameof(ClusterArguments), DisableDiscoveryEnumeration = true)]
    public async Task A_role_on_the_named_cluster_is_enough_where_the_field_says_so(object? id, string? refusal)
        => Assert.Equal(
            refusal,
            await RunAsync(
                new RequiresPermissionAttribute(Permissions.ClustersUpdate) { OnCluster = "id" },
                CallerWith(RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: Here)),
                id));

    [Theory]
    [InlineData(RoleNames.SystemAdmin, null)]
    [InlineData(RoleNames.SystemViewer, null)]
    [InlineData(RoleNames.WorkspaceViewer, null)]
    [InlineData(RoleNames.DeploymentAdmin, "FORBIDDEN")]
    public async Task Another_permission_everywhere_is_enough_where_the_field_says_so(string role, string? refusal)
    {
        // Held in workspaces alone, and by a system role.
        var policy = new RequiresPermissionAttribute(Permissions.InWorkspace.UsersGet) { InWorkspace = "id", OrEverywhere = Permissions.MonitoringGet };
        var grant = RoleTable.BuiltIn[role].Scope switch
        {
            RoleScope.Workspace => RoleTable.BuiltIn.Grant(role, workspaceId: Here),
            RoleScope.Deployment => RoleTable.BuiltIn.Grant(role, deploymentId: Here),
            _ => RoleTable.BuiltIn.Grant(role),
        };

        Assert.Equal(refusal, await RunAsync(policy, CallerWith(grant), Here));
        Assert.Equal("UNAUTHENTICATED", await RunAsync(policy, Caller.Anonymous, Here));
    }

    [Fact]
    public void Both_permissions_have_to_exist()
        => Assert.Throws<ArgumentException>(
            () => new RequiresPermissionAttribute(Permissions.ClustersUpdate) { OrEverywhere = "system.nothing.get" }.Wrap(Field, Resolve));

    [Fact]
    public async Task A_role_anywhere_is_enough_where_the_field_says_so()
    {
        var policy = new RequiresPermissionAttribute(Permissions.ClustersUpdate) { Anywhere = true };

        Assert.Null(await RunAsync(policy, CallerWith(RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: Here))));
        Assert.Equal("FORBIDDEN", await RunAsync(policy, CallerWith(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: Here))));
    }

    [Fact]
    public async Task Signed_in_asks_for_a_token_and_nothing_more()
    {
        Assert.Null(await RunAsync(new SignedInAttribute(), CallerWith()));
        Assert.Equal("UNAUTHENTICATED", await RunAsync(new SignedInAttribute(), Caller.Anonymous));
    }

    [Fact]
    public void Both_refusals_have_the_text_that_clients_match()
        => Assert.Equal(
            ["You do not have the appropriate permissions for that", "You do not have the appropriate permissions for that"],
            new DomainException[] { new NotSignedInException(), new PermissionDeniedException() }.Select(e => e.Message));

    [Fact]
    public void An_unknown_permission_stops_the_start()
        => Assert.Throws<ArgumentException>(() => new RequiresPermissionAttribute("system.cluster.get").Wrap(Field, Resolve));

    [Fact]
    public void An_unknown_argument_stops_the_start()
        => Assert.Throws<ArgumentException>(
            () => new RequiresPermissionAttribute(Permissions.ClustersGet) { OnCluster = "clusterId" }.Wrap(Field, Resolve));

    private static FieldDefinition Field { get; } = new("updateCluster", BuiltInScalars.String)
    {
        Arguments = [new InputValueDefinition("name", BuiltInScalars.String), new InputValueDefinition("id", BuiltInScalars.String)],
    };

    private static Caller CallerWith(params RoleGrant[] grants)
        => new() { Id = new Guid("01980000-0000-7000-8000-00000000000a"), Name = "ada", Permissions = RoleTable.BuiltIn.Effective(grants) };

    /// <summary>The code of the refusal, or null where the resolver was reached.</summary>
    private static async Task<string?> RunAsync(FieldPolicyAttribute policy, Caller? caller, object? id = null)
    {
        try
        {
            Assert.Equal("resolved", await policy.Wrap(Field, Resolve)(new Context(caller, [null, id])));
            return null;
        }
        catch (DomainException refused)
        {
            return refused.Code;
        }
    }

    private static ValueTask<object?> Resolve(ResolverContext context) => new("resolved");

    private sealed class Context(Caller? caller, object?[] arguments) : ResolverContext
    {
        public override object? Parent => null;

        public override FieldDefinition Field => RequiresPermissionAttributeTests.Field;

        public override object?[] Arguments => arguments;

        public override Selection Selection => throw new NotSupportedException();

        public override RequestContext Request { get; } = new RequestOf(caller);

        public override CancellationToken CancellationToken => TestContext.Current.CancellationToken;
    }

    private sealed class RequestOf(Caller? caller) : RequestContext
    {
        public override IServiceProvider Services => throw new NotSupportedException();

        public override object? Caller => caller;

        public override CancellationToken CancellationToken => TestContext.Current.CancellationToken;
    }
}
