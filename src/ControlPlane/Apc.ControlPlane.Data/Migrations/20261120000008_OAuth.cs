using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Who signs in through a provider, and the codes with which a browser comes back from there.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261120000008_OAuth")]
public sealed class OAuth : SqlMigration;
