using System.Reflection;

namespace Apc.ControlPlane.Api.Hosting.Platform;

/// <summary>The version of the product, such as <c>0.9.0</c>: one number for the program, the API and the changelog.</summary>
public static class ProductVersion
{
    /// <summary>Without the commit that <c>--version</c> adds behind a plus.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
