using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Entries of the audit trail that stand for several failures of one kind.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000015_AuditFailures")]
public sealed class AuditFailures : SqlMigration;
