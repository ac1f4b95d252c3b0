using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Calls of every root field that the schema has or will have, written from what it says of itself: with a value for each argument, and with another value in
/// the place of any one of them. All ids are one, that of everything that <see cref="StoreAsync"/> stores.
/// </summary>
internal sealed partial class SchemaCalls
{
    private const string TypeRef = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

    private readonly Dictionary<string, JsonElement> _types;
    private readonly Guid _one;

    private SchemaCalls(Dictionary<string, JsonElement> types, Guid one) => (_types, _one) = (types, one);

    /// <summary>Reads the schema of a host.</summary>
    public static async Task<SchemaCalls> ReadAsync(GraphQLClient client, Guid one, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            $"{{ __schema {{ types {{ kind name enumValues {{ name }} inputFields {{ name {TypeRef} }} fields(includeDeprecated: true) {{ name args {{ name {TypeRef} }} {TypeRef} }} }} }} }}",
            cancellationToken: cancellationToken);
        return new SchemaCalls(answer.Data("__schema.types").EnumerateArray().ToDictionary(NameOf), one);
    }

    /// <summary>One call of each field of a root type; fields that remove things come last.</summary>
    /// <param name="root">Query, Mutation or Subscription.</param>
    public IEnumerable<SchemaCall> Of(string root)
        => _types[root].GetProperty("fields").EnumerateArray()
            .OrderBy(field => Removal().IsMatch(NameOf(field)))
            .Select(field => Call(root, field));

    /// <summary>The body of the call with another JSON text in one place.</summary>
    public static string Body(SchemaCall call, Place? place = null, string? json = null)
    {
        var variables = call.Places.Where(p => p.Parent is null)
            .Select(p => $"{Quoted(p.Name)}:{Json(call, p, place, json)}");
        return $$"""{"query":{{Quoted(call.Document)}},"variables":{ {{string.Join(',', variables)}} } }""";
    }

    /// <summary>One of everything with one id, and a System Admin, whose token is the answer.</summary>
    public static async Task<string> StoreAsync(PostgresDatabase database, Cluster cluster, TokenIssuer issuer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var one = cluster.Id;
        var root = new User { Id = Guid.CreateVersion7(now), Username = "root", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now };
        var (token, row) = issuer.IssueForUser(root.Id);
        var key = issuer.IssueForServiceAccount();
        await using var db = database.CreateContext();
        db.AddRange(
            root,
            row,
            new Email { Id = Guid.CreateVersion7(now), Address = "root@example.com", Primary = true, Verified = true, UserId = root.Id, CreatedAt = now, UpdatedAt = now },
            new RoleBinding { Id = Guid.CreateVersion7(now), Role = RoleNames.SystemAdmin, UserId = root.Id, CreatedAt = now },
            cluster,
            new ClusterObservation { ClusterId = one },
            new Workspace { Id = one, Label = "one", CreatedAt = now, UpdatedAt = now },
            new Deployment { Id = one, ReleaseName = "one-1234", Label = "one", WorkspaceId = one, ClusterId = one, CreatedAt = now, UpdatedAt = now },
            new User { Id = one, Username = "victim", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now },
            new Email { Id = one, Address = "victim@example.com", Primary = true, Verified = true, UserId = one, CreatedAt = now, UpdatedAt = now },
            new Team { Id = one, Name = "one", Provider = Team.LocalProvider, CreatedAt = now, UpdatedAt = now },
            new CustomRole { Id = one, Name = "ONE", Scope = RoleScope.System, Permissions = [], CreatedAt = now, UpdatedAt = now },
            new ServiceAccount { Id = one, Label = "one", CreatedAt = now, UpdatedAt = now },
            new ServiceAccountKey { PublicId = key.PublicId, ServiceAccountId = one, SecretHash = key.SecretHash, CreatedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        return token.Text;
    }

    private SchemaCall Call(string root, JsonElement field)
    {
        var places = new List<Place>();
        var arguments = field.GetProperty("args").EnumerateArray().ToList();
        var declarations = new List<string>();
        var given = new List<string>();

        foreach (var argument in arguments)
        {
            Add(argument, null, NameOf(field));
        }

        var selection = Selection(field.GetProperty("type"), depth: 2, NameOf(field));
        var kind = root.ToLowerInvariant();
        var document = $"{kind}{(declarations.Count == 0 ? "" : $"({string.Join(", ", declarations)})")} {{ {NameOf(field)}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(a => $"{NameOf(a)}: ${NameOf(a)}"))})")}{selection} }}";
        return new SchemaCall($"{root}.{NameOf(field)}", document, places);

        void Add(JsonElement argument, string? variable, string owner)
        {
            var type = argument.GetProperty("type");
            var name = variable ?? NameOf(argument);
            declarations.Add($"${name}: {TypeText(type)}");
            Collect(places, null, name, type, owner);
        }

        string Selection(JsonElement type, int depth, string owner)
        {
            if (IsLeaf(type))
            {
                return "";
            }

            var fields = _types[NameOf(Named(type))].TryGetProperty("fields", out var all) && all.ValueKind is JsonValueKind.Array
                ? all.EnumerateArray().Where(f => depth > 1 || IsLeaf(f.GetProperty("type"))).ToList()
                : [];
            var text = new StringBuilder(" { __typename");

            foreach (var below in fields)
            {
                var belowArguments = below.GetProperty("args").EnumerateArray().ToList();
                text.Append(' ').Append(NameOf(below));

                if (belowArguments.Count > 0)
                {
                    var names = belowArguments.Select(a => (Argument: a, Variable: string.Create(CultureInfo.InvariantCulture, $"v{declarations.Count}_{NameOf(a)}"))).ToList();
                    names.ForEach(a => Add(a.Argument, a.Variable, NameOf(below)));
                    text.Append('(').AppendJoin(", ", names.Select(a => $"{NameOf(a.Argument)}: ${a.Variable}")).Append(')');
                }

                text.Append(Selection(below.GetProperty("type"), depth - 1, NameOf(below)));
            }

            return text.Append(" }").ToString();
        }
    }

    private void Collect(List<Place> places, Place? parent, string name, JsonElement type, string owner)
    {
        var place = new Place(parent, name, TypeText(type), Default(owner, name, type));
        places.Add(place);
        var named = Named(type);

        if (named.GetProperty("kind").GetString() == "INPUT_OBJECT")
        {
            foreach (var field in _types[NameOf(named)].GetProperty("inputFields").EnumerateArray())
            {
                Collect(places, place, NameOf(field), field.GetProperty("type"), owner);
            }
        }
    }

    private static string Json(SchemaCall call, Place place, Place? changed, string? json)
    {
        if (place == changed)
        {
            return json!;
        }

        var members = call.Places.Where(p => p.Parent == place).ToList();

        if (members.Count == 0)
        {
            return place.Json;
        }

        var text = $"{{{string.Join(',', members.Select(m => $"{Quoted(m.Name)}:{Json(call, m, changed, json)}"))}}}";
        return place.Type.StartsWith('[') ? $"[{text}]" : text;
    }

    private string Default(string owner, string argument, JsonElement type)
    {
        var named = Named(type);
        var isList = TypeText(type).StartsWith('[');
        var text = (named.GetProperty("kind").GetString(), NameOf(named)) switch
        {
            ("INPUT_OBJECT", _) => "{}",
            ("ENUM", "Role") => Quoted(RoleFor(owner)),
            ("ENUM", var name) => Quoted(NameOf(_types[name].GetProperty("enumValues")[0])),
            (_, "Uuid" or "Id" or "ID") => argument.Contains("cursor", StringComparison.OrdinalIgnoreCase) ? "null" : $"\"{_one}\"",
            (_, "Int") => argument.Contains("duration", StringComparison.OrdinalIgnoreCase) ? "3600000" : argument.EndsWith("ageNumber", StringComparison.Ordinal) ? "0" : "1",
            (_, "Boolean") => "false",
            (_, "Float") => "1.5",
            (_, "DateTime") => "null",
            (_, "JSON") => argument == "statusReason" ? """{"message":"why"}""" : "{}",
            (_, "String") => Quoted(TextFor(owner, argument)),
            (_, var name) => throw new NotSupportedException($"Say here which value of {name} is harmless."),
        };
        return isList && text != "null" ? $"[{text}]" : text;
    }

    private static string TextFor(string owner, string argument) => argument switch
    {
        "email" => owner is "createUser" or "inviteUser" or "workspaceAddUser" ? $"{owner}@example.com".ToLowerInvariant() : "victim@example.com",
        "password" => "Correct-horse-1",
        "metadataUrl" => "https://127.0.0.1:9/",
        "provider" => "local",
        "identity" => "victim",
        _ => $"{owner} {argument}"[..Math.Min(40, owner.Length + argument.Length + 1)],
    };

    private static string RoleFor(string field) => field switch
    {
        _ when field.Contains("workspace", StringComparison.OrdinalIgnoreCase) => "WORKSPACE_VIEWER",
        _ when field.Contains("deployment", StringComparison.OrdinalIgnoreCase) => "DEPLOYMENT_VIEWER",
        _ when field.Contains("cluster", StringComparison.OrdinalIgnoreCase) => "CLUSTER_VIEWER",
        _ => "SYSTEM_VIEWER",
    };

    private static string TypeText(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "NON_NULL" => $"{TypeText(type.GetProperty("ofType"))}!",
        "LIST" => $"[{TypeText(type.GetProperty("ofType"))}]",
        _ => NameOf(type),
    };

    private static bool IsLeaf(JsonElement type) => Named(type).GetProperty("kind").GetString() is "SCALAR" or "ENUM";

    private static JsonElement Named(JsonElement type)
        => type.TryGetProperty("ofType", out var inner) && inner.ValueKind is JsonValueKind.Object ? Named(inner) : type;

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString() ?? "";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex("^(delete|remove|deregister)|Remove")]
    private static partial Regex Removal();
}

/// <summary>A root field with its document.</summary>
/// <param name="Name">As <c>Query.users</c>.</param>
/// <param name="Document">With a variable for each argument, those below the root field too.</param>
/// <param name="Places">Where values stand.</param>
internal sealed record SchemaCall(string Name, string Document, IReadOnlyList<Place> Places);

/// <summary>A variable, or a field of an input object in one.</summary>
/// <param name="Parent">The input object; null for a variable.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">As the schema writes it.</param>
/// <param name="Json">A value that fits.</param>
internal sealed record Place(Place? Parent, string Name, string Type, string Json);
