using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>How many checks of a cluster in a row got no usable answer.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261129000002_ConsecutiveFailures")]
public sealed class ConsecutiveFailures : SqlMigration;
