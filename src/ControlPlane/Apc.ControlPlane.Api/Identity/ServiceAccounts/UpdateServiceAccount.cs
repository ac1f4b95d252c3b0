using System.Text.Json;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Changes a service account. Changes of one account wait for each other.</summary>
public sealed class UpdateServiceAccount(
    Changes changes, RoleTable roles, Departures departures, TimeProvider clock)
{
    /// <summary>Changes a service account. If nothing differs, nothing is written.</summary>
    /// <param name="payload">The changes, as <see cref="ServiceAccountChange.Read"/> reads them.</param>
    /// <exception cref="ServiceAccountPayloadInvalidException">The payload cannot be read.</exception>
    /// <exception cref="ServiceAccountNotFoundException">There is no such account in the named entity.</exception>
    /// <exception cref="ServiceAccountTextInvalidException">The label or the category cannot be stored.</exception>
    /// <exception cref="RoleInvalidException">The role cannot be bound to the account's entity.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the account is the caller.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all that the old roles and the new one give.</exception>
    public Task<ServiceAccountRow> RunAsync(
        ServiceAccountRef wanted, JsonElement payload, Caller caller, CancellationToken cancellationToken)
    {
        var to = ServiceAccountChange.Read(payload, roles);

        return changes.RunAsync(caller, to.Role is null ? [] : [Locks.Roles], async change =>
        {
            var db = change.Db;
            var account = await db.LockAsync(wanted, caller, ServiceAccountAction.Update, cancellationToken);
            var held = await ServiceAccountRoles.ReadAsync(db, account.Id, roles, cancellationToken);
            var keys = (await db.KeysOfAsync(account.Id, cancellationToken)).Select(k => k.PublicId).ToArray();
            var before = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), keys);
            var now = clock.GetUtcNow();

            account.Label = to.Label is { } label ? ServiceAccountTexts.Label(label) : account.Label;
            account.Category = to.Category.HasValue ? ServiceAccountTexts.Category(to.Category.Value) : account.Category;
            account.Active = to.Active ?? account.Active;
            var roleNames = to.Role is { } role
                ? await SetRoleAsync(change, account, held, role, caller, now, cancellationToken)
                : held.NamesOn(account.Entity);

            if (db.ChangeTracker.HasChanges())
            {
                account.UpdatedAt = now;
                change.AffectsCallers = true;
                change.Audit(ServiceAccountAudit.Change("serviceAccount.update", account) with
                {
                    Before = before,
                    After = ServiceAccountAudit.Shown(account, roleNames, keys),
                });
                await change.SaveAsync(cancellationToken);
                await departures.OfServiceAccountAsync(change, account.Id, cancellationToken);
            }

            return ServiceAccountRow.Of(account, keys[0]);
        }, cancellationToken);
    }

    /// <summary>Gives the account this role on its entity in place of its others there; roles that it holds elsewhere stay.</summary>
    /// <returns>The names of its roles on the entity.</returns>
    private async Task<IEnumerable<string>> SetRoleAsync(
        Change change,
        ServiceAccount account,
        ServiceAccountRoles held,
        Role role,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var grant = account.Entity.Grant(role);
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        var there = held.Bindings.Where(account.Entity.IsScopeOf).ToArray();

        if (there is [var only] && only.Role == role.Name)
        {
            return [role.Name];
        }

        await SystemRoleRules.ThrowIfOwnAsync(change.Db, RoleHolder.ServiceAccount(account.Id), grant, caller, cancellationToken);
        caller.RequireCovers(grant);
        held.RequireCoveredBy(caller);
        change.RemoveBindings(there.Where(b => b.Role != role.Name));

        if (there.All(b => b.Role != role.Name))
        {
            change.AddBinding(RoleChange.Bind(RoleHolder.ServiceAccount(account.Id), grant, now));
        }

        return [role.Name];
    }
}

/// <summary>The changes that a caller wants of a service account; members that were not given do not change.</summary>
public sealed record ServiceAccountChange
{
    public string? Label { get; init; }

    /// <summary>A value of null clears the category.</summary>
    public Optional<string?> Category { get; init; }

    public bool? Active { get; init; }

    /// <summary>The role that is to be the only one on the account's entity.</summary>
    public Role? Role { get; init; }

    /// <summary>Reads a payload: an object with <c>label</c>, <c>category</c>, <c>active</c> and <c>role</c>, each optional.</summary>
    /// <exception cref="ServiceAccountPayloadInvalidException">It is no such object; the error lists all problems.</exception>
    public static ServiceAccountChange Read(JsonElement json, RoleTable roles)
    {
        var payload = Payload.Read(
            json,
            ("label", PayloadKind.Text),
            ("category", PayloadKind.TextOrNull),
            ("active", PayloadKind.Flag),
            ("role", PayloadKind.Text));

        if (!payload.IsObject)
        {
            throw new ServiceAccountPayloadInvalidException(["it has to be an object"]);
        }

        var role = payload.Text("role") is { } name ? roles.Find(name) : null;
        var wrong = payload.Wrong.Concat(payload.Unknown).Concat(payload.Has("role") && role is null ? ["role"] : []);
        var problems = new SortedSet<string>(wrong.Select(ProblemOf), StringComparer.Ordinal);

        return problems.Count > 0
            ? throw new ServiceAccountPayloadInvalidException(problems)
            : new ServiceAccountChange
            {
                Label = payload.Text("label"),
                Category = payload.Has("category") ? new(payload.Text("category")) : default,
                Active = payload.Flag("active"),
                Role = role,
            };
    }

    // Unknown names are not repeated, because there may be any number of them.
    private static string ProblemOf(string member) => member switch
    {
        "label" => "label has to be a text",
        "category" => "category has to be a text or null",
        "active" => "active has to be true or false",
        "role" => "role has to be the name of a role",
        _ => "it has members other than label, category, active and role",
    };
}
