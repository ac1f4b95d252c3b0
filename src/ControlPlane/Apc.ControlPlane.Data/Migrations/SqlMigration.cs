using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>A migration whose statements stand in the file beside it that is named for its id.</summary>
/// <remarks>Applied migrations are never edited: what comes later goes into a further one.</remarks>
public abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var file = GetType().Assembly.GetManifestResourceStream($"{id}.sql")
            ?? throw new InvalidOperationException($"The file {id}.sql is not embedded.");
        using var reader = new StreamReader(file);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
