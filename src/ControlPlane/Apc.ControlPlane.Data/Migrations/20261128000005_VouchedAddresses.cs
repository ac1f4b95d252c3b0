using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Who answers for an address that nobody showed to read.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000005_VouchedAddresses")]
public sealed class VouchedAddresses : SqlMigration;
