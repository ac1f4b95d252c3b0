using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Auditing;

public sealed class AuditedActionTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Every_root_field_says_what_it_does_and_only_changes_do_more_than_read()
    {
        await using var host = await ApiHost.StartAsync(database);
        var schema = host.Services.GetRequiredService<GraphQLExecutor>().Schema;
        var wrong = new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType }.OfType<ObjectType>()
            .SelectMany(type => type.Fields.Values.Select(field => (Field: field, Name: $"{type.Name}.{field.Name}", IsChange: type == schema.MutationType || field.Resolver is DelegateResolver { HasSideEffects: true })))
            .Where(root => AuditedAction.Of(root.Field) is { } action
                ? action.IsRead == root.IsChange
                : !root.Field.Member!.IsDefined(typeof(PublicFieldAttribute), inherit: false))
            .Select(root => $"{root.Name} needs [Audited(\"<entity>.<verb>\")], where reading is .read.");

        Problems.AreNone(wrong);
    }

    [Fact]
    public void An_action_names_its_entity()
        => Assert.Equal(("serviceAccount", false, true), (new AuditedAction("serviceAccount.rotateKey").EntityType, new AuditedAction("serviceAccount.rotateKey").IsRead, new AuditedAction("serviceAccount.rotateKey").IsGrant));
}
