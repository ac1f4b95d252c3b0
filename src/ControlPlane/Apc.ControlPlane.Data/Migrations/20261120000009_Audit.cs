using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>More of who acted and what failed in the audit trail, and an index for each of its filters.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000009_Audit")]
public sealed class Audit : SqlMigration;
