using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>What all replicas count together, and the addresses from which users signed in.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000008_Quotas")]
public sealed class Quotas : SqlMigration;
