using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Invitations, and the links that users get by mail.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000007_Users")]
public sealed class Users : SqlMigration;
