using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The keys with which replicas seal what browsers carry for them.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261129000001_ProtectionKeys")]
public sealed class ProtectionKeys : SqlMigration;
