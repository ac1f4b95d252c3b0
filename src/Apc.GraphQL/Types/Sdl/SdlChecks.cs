using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Types.Sdl;

/// <summary>What must hold before types can be built at all: names that exist, once each, and are of the right kind.</summary>
internal sealed class SdlChecks
{
    private readonly SdlDefinitions _definitions;
    private readonly Dictionary<string, TypeDefinitionNode> _types = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private SdlChecks(SdlDefinitions definitions) => _definitions = definitions;

    public static IReadOnlyList<string> ProblemsOf(SdlDefinitions definitions)
    {
        var checks = new SdlChecks(definitions);
        checks.CheckNames();
        checks.CheckRoots();
        checks.CheckExtensions();

        foreach (var type in definitions.Types)
        {
            checks.CheckType(type);
        }

        foreach (var argument in definitions.Directives.SelectMany(d => d.Arguments))
        {
            checks.CheckReference(argument.Type);
        }

        return checks._problems;
    }

    private void CheckNames()
    {
        foreach (var type in _definitions.Types)
        {
            if (!_types.TryAdd(type.Name.Value, type))
            {
                _problems.Add($"There can be only one type named \"{type.Name.Value}\".");
            }
        }

        foreach (var name in Duplicates(_definitions.Directives.Select(d => d.Name.Value)))
        {
            _problems.Add($"There can be only one directive named \"@{name}\".");
        }
    }

    private void CheckRoots()
    {
        if (_definitions.Schemas.Count > 1)
        {
            _problems.Add("Must provide only one schema definition.");
        }

        foreach (var operation in Duplicates(_definitions.OperationTypes.Select(o => o.Operation)))
        {
            _problems.Add($"There can be only one {operation.ToString().ToLowerInvariant()} type in schema.");
        }

        foreach (var root in _definitions.OperationTypes)
        {
            if (CheckReference(root.Type) is { } type and not ObjectTypeDefinitionNode)
            {
                var words = root.Operation == OperationType.Query ? "Object type," : "Object type if provided,";
                _problems.Add($"{root.Operation} root type must be {words} it cannot be {type.Name.Value}.");
            }
        }
    }

    private void CheckExtensions()
    {
        foreach (var extensions in _definitions.Extensions)
        {
            if (!_types.TryGetValue(extensions.Key, out var type))
            {
                _problems.Add($"Cannot extend type \"{extensions.Key}\" because it is not defined.{DidYouMean.Text(extensions.Key, _types.Keys)}");
                continue;
            }

            foreach (var extension in extensions)
            {
                if (KindOf(extension.Kind) is var kind && kind != KindOf(type.Kind))
                {
                    _problems.Add($"Cannot extend non-{kind} type \"{extensions.Key}\".");
                }
            }
        }
    }

    private void CheckType(TypeDefinitionNode type)
    {
        foreach (var reference in _definitions.InterfacesOf(type))
        {
            if (CheckReference(reference) is { } other and not InterfaceTypeDefinitionNode)
            {
                _problems.Add($"Type {type.Name.Value} must only implement Interface types, it cannot implement {other.Name.Value}.");
            }
        }

        foreach (var reference in _definitions.MembersOf(type))
        {
            if (CheckReference(reference) is { } other and not ObjectTypeDefinitionNode)
            {
                _problems.Add($"Union type {type.Name.Value} can only include Object types, it cannot include {other.Name.Value}.");
            }
        }

        foreach (var field in _definitions.FieldsOf(type))
        {
            CheckReference(field.Type);

            foreach (var argument in field.Arguments)
            {
                CheckReference(argument.Type);
            }
        }

        foreach (var field in _definitions.InputFieldsOf(type))
        {
            CheckReference(field.Type);
        }
    }

    /// <summary>The definition that is referred to; null where there is none, or where it is built in.</summary>
    private TypeDefinitionNode? CheckReference(TypeNode reference)
    {
        while (reference is not NamedTypeNode)
        {
            reference = reference is ListTypeNode list ? list.Type : ((NonNullTypeNode)reference).Type;
        }

        var name = ((NamedTypeNode)reference).Name.Value;

        if (!_types.TryGetValue(name, out var type) && BuiltInScalars.Find(name) is null)
        {
            _problems.Add($"Unknown type \"{name}\".{DidYouMean.Text(name, [.. _types.Keys, .. BuiltInScalars.All.Select(s => s.Name)])}");
        }

        return type;
    }

    private static IEnumerable<T> Duplicates<T>(IEnumerable<T> values)
        => values.GroupBy(v => v).Where(g => g.Count() > 1).Select(g => g.Key);

    private static string KindOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.ScalarTypeDefinition or SyntaxKind.ScalarTypeExtension => "scalar",
        SyntaxKind.ObjectTypeDefinition or SyntaxKind.ObjectTypeExtension => "object",
        SyntaxKind.InterfaceTypeDefinition or SyntaxKind.InterfaceTypeExtension => "interface",
        SyntaxKind.UnionTypeDefinition or SyntaxKind.UnionTypeExtension => "union",
        SyntaxKind.EnumTypeDefinition or SyntaxKind.EnumTypeExtension => "enum",
        _ => "input object",
    };
}
