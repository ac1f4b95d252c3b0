using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst;

/// <summary>
/// Wraps a field's resolver. Policies run in the order written, the first outermost; each sees the field, its arguments and the request.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true)]
public abstract class FieldPolicyAttribute : Attribute
{
    /// <summary>Called once while the schema is built: the resolver to use instead of <paramref name="next"/>.</summary>
    public abstract FieldDelegate Wrap(FieldDefinition field, FieldDelegate next);
}
