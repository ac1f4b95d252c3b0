using System.Reflection;
using System.Text;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// Tells records from other classes. Only records are input objects, so that a service that is not registered is not taken for one.
/// </summary>
internal static class Records
{
    /// <summary>True for record classes and record structs, by the members that the compiler gives them.</summary>
    public static bool IsRecord(Type type)
        => !type.IsAbstract
            && type.GetMethod(
                "PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [typeof(StringBuilder)]) is not null;
}
