using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The scheduler's tables, frozen at Quartz 4.7.3.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000004_QuartzTables")]
public sealed class QuartzTables : SqlMigration;
