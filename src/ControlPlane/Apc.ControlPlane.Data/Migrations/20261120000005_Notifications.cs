using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>What tells replicas of new events and of the progress of sweeps.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000005_Notifications")]
public sealed class Notifications : SqlMigration;
