using Apc.ControlPlane.Api.Access.Callers;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>
/// Limits how often the field is called: each call spends the rows of <see cref="QuotaTable"/> that are counted by the caller or by the
/// platform. It stands after the attribute with the permission, so that refused callers spend nothing.
/// </summary>
/// <param name="what">The beginning of the rows' names, such as <c>workspaces</c>.</param>
public sealed class SpendsQuotaAttribute(string what) : FieldPolicyAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var byCaller = Find("-by-caller");
        var byPlatform = Find("-by-platform");

        if (byCaller is null && byPlatform is null)
        {
            throw new ArgumentException($"No quota of {what} is counted by the caller or the platform.", nameof(field));
        }

        return async context =>
        {
            var caller = context.Caller();
            var uses = new List<QuotaUse>(2);

            if (byCaller is not null && caller.Id is { } id)
            {
                uses.Add(new QuotaUse(byCaller, QuotaKeys.Of(id)));
            }

            if (byPlatform is not null)
            {
                uses.Add(new QuotaUse(byPlatform, QuotaKeys.Platform));
            }

            var quotas = context.Request.Services.GetRequiredService<QuotaCounter>();
            await quotas.SpendAsync(uses, caller, context.CancellationToken);
            return await next(context);
        };
    }

    private Quota? Find(string suffix) => QuotaTable.All.SingleOrDefault(q => q.Name == what + suffix);
}
