using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Apc.ControlPlane.Data;

/// <summary>Columns are named as their properties, in camel case, unless a configuration names them.</summary>
internal sealed class CamelCaseColumns : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.Builder.HasColumnName(HoustonNames.ColumnName(property.Name));
        }
    }
}
