using Apc.ControlPlane.Data.Configurations;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests;

/// <summary>The migrated schema against its two models: the entities, and the scheduler's own script.</summary>
public sealed class SchemaTests(PostgresServer server, PostgresDatabase migrated) : IClassFixture<PostgresDatabase>
{
    // Known to SQL alone, because EF has no word for them.
    private static readonly string[] OnlyInSql =
    [
        "IX_Cluster_searchText", "ClusterCounter", "QuotaCount", "KnownAddress", "__EFMigrationsHistory",
    ];

    [Fact]
    public async Task The_migrated_schema_equals_the_model()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var db = migrated.CreateContext();

        var model = await DescribeScriptAsync(db.Database.GenerateCreateScript(), HoustonNames.Schema, cancellationToken);
        var actual = await DescribeAsync(migrated.ConnectionString, HoustonNames.Schema, cancellationToken);

        var described = actual.Where(line => !OnlyInSql.Any(line.Contains)).ToArray();
        Problems.AreNone(
            model.Except(described).Select(line => $"No migration makes {line}")
                .Concat(described.Except(model).Select(line => $"No configuration has {line}, which a migration makes.")));
        Assert.Equal(model, described);
    }

    [Fact]
    public void The_snapshot_of_the_model_equals_the_model()
    {
        using var db = migrated.CreateContext();

        Assert.False(db.Database.HasPendingModelChanges(), "Renew ControlPlaneDbContextModelSnapshot.cs as docs/CONTRIBUTING.md says under Migrations.");
    }

    [Fact]
    public async Task The_scheduler_s_tables_equal_its_own_script()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var resource = typeof(Quartz.IScheduler).Assembly
            .GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!;
        var script = (await new StreamReader(resource).ReadToEndAsync(cancellationToken))
            .ReplaceLineEndings("\n")
            .Replace("{0}", HoustonNames.QuartzTablePrefix, StringComparison.Ordinal)
            .Replace("{1}", "qrtz_", StringComparison.Ordinal);

        // Its statements end at lines of their own, which are comments to us, without a semicolon.
        var statements = string.Join(";\n", script.Split("\n--;;\n").Skip(1).Select(statement => statement.Trim().TrimEnd(';')));
        var expected = await DescribeScriptAsync($"CREATE SCHEMA quartz;\n{statements}", HoustonNames.QuartzSchema, cancellationToken);

        Assert.Equal(expected, await DescribeAsync(migrated.ConnectionString, HoustonNames.QuartzSchema, cancellationToken));
    }

    /// <summary>The constants of the configurations whose names begin so.</summary>
    public static TheoryData<string> UniqueIndexes =>
    [
        .. typeof(ClusterConfiguration).Assembly.GetTypes().Where(type => type.Namespace == typeof(ClusterConfiguration).Namespace)
            .SelectMany(type => type.GetFields())
            .Where(constant => constant.IsLiteral && constant.Name.StartsWith("Unique", StringComparison.Ordinal))
            .Select(constant => (string)constant.GetRawConstantValue()!),
    ];

    [Theory]
    [MemberData(nameof(UniqueIndexes))]
    public async Task A_unique_index_has_the_name_that_the_code_looks_for(string name)
    {
        var unique = await migrated.QueryAsync<bool>(
            $"""SELECT indisunique FROM pg_index WHERE indexrelid = '{HoustonNames.Schema}."{name}"'::regclass""",
            TestContext.Current.CancellationToken);

        Assert.Equal([true], unique);
    }

    [Fact]
    public async Task Every_name_for_hand_written_statements_is_a_table()
    {
        var names = typeof(HoustonNames).GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => name.StartsWith($"{HoustonNames.Schema}.", StringComparison.Ordinal))
            .ToList();

        var tables = await migrated.QueryAsync<string>(
            $"SELECT '{HoustonNames.Schema}.\"' || relname || '\"' FROM pg_class "
                + $"WHERE relnamespace = '{HoustonNames.Schema}'::regnamespace AND relkind = 'r' AND relname <> '__EFMigrationsHistory'",
            TestContext.Current.CancellationToken);

        Problems.AreNone(
            tables.Except(names).Select(table => $"HoustonNames.cs lacks {table}.")
                .Concat(names.Except(tables).Select(name => $"HoustonNames.cs has {name}, which is no table.")));
    }

    [Fact]
    public void Every_column_is_named_as_hand_written_statements_name_it()
    {
        using var db = migrated.CreateContext();
        var properties = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(p => p.GetColumnName() != "xmin");

        Assert.All(properties, p => Assert.Equal($"\"{p.GetColumnName()}\"", HoustonNames.Column(p.Name)));
    }

    private async Task<List<string>> DescribeScriptAsync(string script, string schema, CancellationToken cancellationToken)
    {
        var connectionString = await server.CreateEmptyAsync(cancellationToken);

        try
        {
            await using (var dataSource = NpgsqlDataSource.Create(connectionString))
            await using (var command = dataSource.CreateCommand(script))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return await DescribeAsync(connectionString, schema, cancellationToken);
        }
        finally
        {
            await server.DropAsync(connectionString, CancellationToken.None);
        }
    }

    // One line for each column, index, constraint and sequence.
    private static async Task<List<string>> DescribeAsync(string connectionString, string schema, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT concat_ws(' ', 'column', table_name, column_name, data_type, character_maximum_length, udt_name, is_nullable,
                column_default, collation_name, is_identity, identity_generation, generation_expression)
            FROM information_schema.columns WHERE table_schema = '{schema}'
            UNION ALL
            SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = '{schema}'
            UNION ALL
            SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, increment_by, cycle)
            FROM pg_sequences WHERE schemaname = '{schema}'
            ORDER BY 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();

        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
