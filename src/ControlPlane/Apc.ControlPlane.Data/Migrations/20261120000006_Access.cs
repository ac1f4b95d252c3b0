using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Teams, custom roles, and what tells replicas that somebody's access was changed.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000006_Access")]
public sealed class Access : SqlMigration;
