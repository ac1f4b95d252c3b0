using System.Text.Json;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Json;

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
    public static ServiceAccountChange Read(JsonElement payload, RoleTable roles)
    {
        if (payload.ValueKind is not JsonValueKind.Object)
        {
            throw new ServiceAccountPayloadInvalidException(["it has to be an object"]);
        }

        var change = new ServiceAccountChange();
        var problems = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var member in payload.EnumerateObject())
        {
            var value = member.Value;
            var text = value.ValueKind is JsonValueKind.String ? JsonStrings.TextOf(value) : null;

            change = (JsonStrings.NameOf(member), value.ValueKind) switch
            {
                ("label", JsonValueKind.String) => change with { Label = text },
                ("category", JsonValueKind.String or JsonValueKind.Null) => change with { Category = new(text) },
                ("active", JsonValueKind.True or JsonValueKind.False) => change with { Active = value.GetBoolean() },
                ("role", JsonValueKind.String) when roles.Find(text!) is { } role => change with { Role = role },
                var (name, _) => Note(ProblemOf(name)),
            };
        }

        return problems.Count == 0 ? change : throw new ServiceAccountPayloadInvalidException(problems);

        ServiceAccountChange Note(string problem)
        {
            problems.Add(problem);
            return change;
        }
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
