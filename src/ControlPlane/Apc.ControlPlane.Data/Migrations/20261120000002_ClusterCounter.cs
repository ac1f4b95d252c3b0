using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Exact numbers of clusters, kept by triggers.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000002_ClusterCounter")]
public sealed class ClusterCounter : SqlMigration;
