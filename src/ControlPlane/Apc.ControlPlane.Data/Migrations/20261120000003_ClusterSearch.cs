using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The trigram index behind <c>searchPhrase</c>.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000003_ClusterSearch")]
public sealed class ClusterSearch : SqlMigration;
