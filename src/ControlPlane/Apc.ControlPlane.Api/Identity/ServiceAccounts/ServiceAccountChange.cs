using System.Text.Json;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>What a caller wants changed of a service account; members that were not given stay as they are.</summary>
public sealed record ServiceAccountChange
{
    public string? Label { get; init; }

    /// <summary>Given as null, the category is cleared.</summary>
    public Optional<string?> Category { get; init; }

    public bool? Active { get; init; }

    /// <summary>The role that is to be the only one on what the account belongs to.</summary>
    public Role? Role { get; init; }

    /// <summary>Reads the payload of the update operations: an object with <c>label</c>, <c>category</c>, <c>active</c> and <c>role</c>, each optional.</summary>
    /// <exception cref="ServiceAccountPayloadInvalidException">It is something else; all that is wrong with it is named.</exception>
    public static ServiceAccountChange Read(JsonElement json, RoleTable roles)
    {
        var payload = Payload.Read(
            json, ("label", PayloadKind.Text), ("category", PayloadKind.TextOrNull), ("active", PayloadKind.Flag), ("role", PayloadKind.Text));

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

    // Names that nobody knows are not repeated: there may be any number of them.
    private static string ProblemOf(string member) => member switch
    {
        "label" => "label has to be a text",
        "category" => "category has to be a text or null",
        "active" => "active has to be true or false",
        "role" => "role has to be the name of a role",
        _ => "it has members other than label, category, active and role",
    };
}
