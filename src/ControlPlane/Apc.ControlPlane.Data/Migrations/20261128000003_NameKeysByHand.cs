using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Keys of names that statements written by hand leave out.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000003_NameKeysByHand")]
public sealed class NameKeysByHand : SqlMigration;
