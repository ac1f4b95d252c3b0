using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>
/// The definition of a directive does not use the directive itself, directly or through other definitions. graphql-js does not check this.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation</remarks>
internal sealed class DirectiveCyclesRule : SdlRule
{
    private readonly SdlContext _context;
    private readonly SdlDefinitions _definitions;

    public DirectiveCyclesRule(SdlContext context)
    {
        _context = context;
        _definitions = new SdlDefinitions(context.Document);
    }

    public override void Enter(SyntaxNode node)
    {
        if (node is DirectiveDefinitionNode directive && WayBackTo(directive) is { } way)
        {
            var through = way.Count > 0 ? $" through {string.Join(", ", way.Select(step => $"\"{step}\""))}" : "";
            _context.Report($"Directive \"@{directive.Name.Value}\" must not refer to itself{through}.", directive.Name);
        }
    }

    /// <summary>
    /// The shortest path from the definition of the directive back to the directive: directives as <c>@name</c>, types by name. Null if
    /// there is none.
    /// </summary>
    private List<string>? WayBackTo(DirectiveDefinitionNode directive)
    {
        var goal = $"@{directive.Name.Value}";
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([goal]);

        while (waiting.TryDequeue(out var place))
        {
            foreach (var used in UsedBy(place))
            {
                if (used == goal)
                {
                    return StepsTo(place, goal, cameFrom);
                }

                if (cameFrom.TryAdd(used, place))
                {
                    waiting.Enqueue(used);
                }
            }
        }

        return null;
    }

    private static List<string> StepsTo(string place, string goal, Dictionary<string, string> cameFrom)
    {
        var steps = new List<string>();

        for (; place != goal; place = cameFrom[place])
        {
            steps.Insert(0, place);
        }

        return steps;
    }

    private IEnumerable<string> UsedBy(string place)
        => place[0] == '@'
            ? _definitions.Directives.Where(d => d.Name.Value == place[1..]).SelectMany(d => d.Arguments).SelectMany(UsedBy)
            : _definitions.PartsOf(place).SelectMany(part => (IEnumerable<string>)
            [
                .. SdlDefinitions.DirectivesOf(part).Select(NameOf),
                .. SdlDefinitions.ValuesOf(part).SelectMany(v => v.Directives).Select(NameOf),
                .. SdlDefinitions.InputFieldsOf(part).SelectMany(UsedBy),
            ]);

    private static IEnumerable<string> UsedBy(InputValueDefinitionNode value)
        => [.. value.Directives.Select(NameOf), TypeReferences.NameOf(value.Type)];

    private static string NameOf(DirectiveNode directive) => $"@{directive.Name.Value}";
}
