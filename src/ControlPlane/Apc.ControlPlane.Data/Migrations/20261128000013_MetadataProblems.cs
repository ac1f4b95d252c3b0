using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>What is odd in the payload of a cluster, beside it; and base domains in the one form in which they are compared.</summary>
[DbContext(typeof(ControlPlaneDbContext))]
[Migration("20261128000013_MetadataProblems")]
public sealed class MetadataProblems : SqlMigration;
