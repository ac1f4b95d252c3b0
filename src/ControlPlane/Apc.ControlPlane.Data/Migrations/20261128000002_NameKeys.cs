using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Names are unique by their keys, and found by them.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration(Id)]
public sealed class NameKeys : SqlMigration
{
    internal const string Id = "20261128000002_NameKeys";
}
