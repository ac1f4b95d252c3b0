using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.Benchmarks.Engine;

/// <summary>Fifty objects with ten pure fields each behind a schema made by hand: what is measured is the engine alone.</summary>
internal static class EngineSchema
{
    private static readonly List<Row> Rows =
    [
        .. Enumerable.Range(0, 50).Select(i => new Row(
            new Guid(i, 7, 7, new byte[8]),
            $"cluster-{i}",
            "aws",
            "eu-central-1",
            i % 5 == 0 ? RowStatus.Inactive : RowStatus.Active,
            i * 17,
            i % 3 == 0 ? null : true,
            $"cluster-{i}.apc.example.com",
            null,
            DateTimeOffset.UnixEpoch.AddMinutes(i))),
    ];

    public static Schema Create()
    {
        var status = new EnumType(
            "Status", [new("ACTIVE", RowStatus.Active), new("INACTIVE", RowStatus.Inactive)], clrType: typeof(RowStatus));
        var row = new ObjectType(
            "Row",
            () =>
            [
                Pure("id", new NonNullType(BuiltInScalars.Id), r => r.Id),
                Pure("name", new NonNullType(BuiltInScalars.String), r => r.Name),
                Pure("provider", BuiltInScalars.String, r => r.Provider),
                Pure("region", BuiltInScalars.String, r => r.Region),
                Pure("status", new NonNullType(status), r => r.Status),
                Pure("size", BuiltInScalars.Int, r => r.Size),
                Pure("open", BuiltInScalars.Boolean, r => r.Open),
                Pure("domain", BuiltInScalars.String, r => r.Domain),
                Pure("reason", BuiltInScalars.String, r => r.Reason),
                Pure("createdAt", new DateTimeScalar(), r => r.CreatedAt),
            ],
            clrType: typeof(Row));

        return new Schema(new ObjectType("Query", () =>
        [
            Now("row", row, _ => Rows[7], new InputValueDefinition("id", new NonNullType(BuiltInScalars.Id))),
            Now("rows", new NonNullType(new ListType(new NonNullType(row))), _ => Rows, new InputValueDefinition("take", BuiltInScalars.Int)),
        ]));
    }

    private static FieldDefinition Pure<TValue>(string name, GraphQLType type, Func<Row, TValue> getter)
        => new(name, type) { Resolver = new PureResolver<Row, TValue>(getter) };

    private static FieldDefinition Now(string name, GraphQLType type, Func<ResolverContext, object?> resolve, params InputValueDefinition[] arguments)
        => new(name, type) { Arguments = arguments, Resolver = new DelegateResolver(context => new ValueTask<object?>(resolve(context))) };

    private enum RowStatus
    {
        Active,
        Inactive,
    }

    private sealed record Row(
        Guid Id,
        string Name,
        string? Provider,
        string? Region,
        RowStatus Status,
        int Size,
        bool? Open,
        string? Domain,
        string? Reason,
        DateTimeOffset CreatedAt);
}
