using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The code with which the first user claims a control plane that listens beyond its machine.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000006_ClaimCode")]
public sealed class ClaimCode : SqlMigration;
