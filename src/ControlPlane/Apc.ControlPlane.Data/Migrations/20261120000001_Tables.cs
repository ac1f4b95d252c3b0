using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The tables as the model has them, and how they are stored.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000001_Tables")]
public sealed class Tables : SqlMigration;
