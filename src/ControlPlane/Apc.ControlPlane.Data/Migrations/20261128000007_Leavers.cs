using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Who made a service account, a key and an invitation, so that it is known what somebody leaves behind.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000007_Leavers")]
public sealed class Leavers : SqlMigration;
