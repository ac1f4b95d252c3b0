using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Service accounts of workspaces, deployments and clusters, and keys that can be rotated.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000010_ServiceAccounts")]
public sealed class ServiceAccounts : SqlMigration;
