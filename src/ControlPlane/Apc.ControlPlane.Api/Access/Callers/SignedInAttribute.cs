using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>The field is for everyone who shows a valid token; its resolver answers with what the caller may see.</summary>
public sealed class SignedInAttribute : FieldPolicyAttribute
{
    /// <inheritdoc/>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next) => context =>
    {
        context.Caller().RequireSignedIn();
        return next(context);
    };
}
