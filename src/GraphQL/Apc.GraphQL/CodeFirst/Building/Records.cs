using System.Reflection;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Tells records from other classes: only records are input objects, so that a service that nobody registered is not taken for one.</summary>
internal static class Records
{
    /// <summary>True for record classes and record structs, by the members that the compiler gives them.</summary>
    public static bool IsRecord(Type type)
        => !type.IsAbstract
            && type.GetMethod(
                "PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [typeof(System.Text.StringBuilder)]) is not null;
}
