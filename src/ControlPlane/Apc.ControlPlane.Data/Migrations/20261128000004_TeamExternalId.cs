using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>The group of a sign-in provider whose members a team's are.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000004_TeamExternalId")]
public sealed class TeamExternalId : SqlMigration;
