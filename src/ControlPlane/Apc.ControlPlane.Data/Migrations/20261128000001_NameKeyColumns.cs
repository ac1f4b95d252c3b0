using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Room for the keys of names, which <see cref="NameKeyFilling"/> fills before <see cref="NameKeys"/> rests on them.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration(Id)]
public sealed class NameKeyColumns : SqlMigration
{
    internal const string Id = "20261128000001_NameKeyColumns";
}
