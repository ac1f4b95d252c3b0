using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Definitions and extensions of schemas, types and directives.</summary>
public sealed partial class SyntaxPrinter
{
    private void WriteTypeSystem(SyntaxNode node)
    {
        switch (node)
        {
            case SchemaDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("schema", null, [], n.Directives, n.OperationTypes);
                break;
            case OperationTypeDefinitionNode n:
                Write(OperationTypes.WordOf(n.Operation));
                Write(": ");
                Write(n.Type);
                break;
            case ScalarTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("scalar", n.Name, [], n.Directives, []);
                break;
            case ObjectTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("type", n.Name, n.Interfaces, n.Directives, n.Fields);
                break;
            case FieldDefinitionNode n:
                WriteFieldDefinition(n);
                break;
            case InputValueDefinitionNode n:
                WriteInputValueDefinition(n);
                break;
            case InterfaceTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("interface", n.Name, n.Interfaces, n.Directives, n.Fields);
                break;
            case UnionTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteUnion("union", n.Name, n.Directives, n.Types);
                break;
            case EnumTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("enum", n.Name, [], n.Directives, n.Values);
                break;
            case EnumValueDefinitionNode n:
                WriteDescription(n.Description);
                Write(n.Name);
                WriteDirectives(n.Directives);
                break;
            case InputObjectTypeDefinitionNode n:
                WriteDescription(n.Description);
                WriteDefinition("input", n.Name, [], n.Directives, n.Fields);
                break;
            case DirectiveDefinitionNode n:
                WriteDirectiveDefinition(n);
                break;
            case SchemaExtensionNode n:
                WriteDefinition("extend schema", null, [], n.Directives, n.OperationTypes);
                break;
            case ScalarTypeExtensionNode n:
                WriteDefinition("extend scalar", n.Name, [], n.Directives, []);
                break;
            case ObjectTypeExtensionNode n:
                WriteDefinition("extend type", n.Name, n.Interfaces, n.Directives, n.Fields);
                break;
            case InterfaceTypeExtensionNode n:
                WriteDefinition("extend interface", n.Name, n.Interfaces, n.Directives, n.Fields);
                break;
            case UnionTypeExtensionNode n:
                WriteUnion("extend union", n.Name, n.Directives, n.Types);
                break;
            case EnumTypeExtensionNode n:
                WriteDefinition("extend enum", n.Name, [], n.Directives, n.Values);
                break;
            case InputObjectTypeExtensionNode n:
                WriteDefinition("extend input", n.Name, [], n.Directives, n.Fields);
                break;
        }
    }

    private void WriteDefinition(
        string keyword,
        NameNode? name,
        IReadOnlyList<NamedTypeNode> interfaces,
        IReadOnlyList<DirectiveNode> directives,
        IReadOnlyList<SyntaxNode> members)
    {
        Write(keyword);

        if (name is not null)
        {
            Write(" ");
            Write(name);
        }

        if (interfaces.Count > 0)
        {
            Write(" implements ");
            WriteJoined(interfaces, " & ");
        }

        WriteDirectives(directives);

        if (members.Count > 0)
        {
            Write(" ");
            WriteBlock(members);
        }
    }

    private void WriteUnion(string keyword, NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<NamedTypeNode> types)
    {
        WriteDefinition(keyword, name, [], directives, []);

        if (types.Count > 0)
        {
            Write(" = ");
            WriteJoined(types, " | ");
        }
    }

    private void WriteFieldDefinition(FieldDefinitionNode field)
    {
        WriteDescription(field.Description);
        Write(field.Name);
        WriteArgumentDefinitions(field.Arguments);
        Write(": ");
        Write(field.Type);
        WriteDirectives(field.Directives);
    }

    /// <summary>Writes the arguments on one line, unless one of them needs several lines.</summary>
    private void WriteArgumentDefinitions(IReadOnlyList<InputValueDefinitionNode> arguments)
    {
        var start = Here;
        WriteInParentheses(arguments);

        if (_lines > start.Lines)
        {
            RewindTo(start);
            WriteOnLines("(", arguments, ")");
        }
    }

    private void WriteInputValueDefinition(InputValueDefinitionNode input)
    {
        WriteDescription(input.Description);
        WritePair(input.Name, input.Type);
        WriteDefaultValue(input.DefaultValue);
        WriteDirectives(input.Directives);
    }

    private void WriteDirectiveDefinition(DirectiveDefinitionNode directive)
    {
        WriteDescription(directive.Description);
        Write("directive @");
        Write(directive.Name);
        WriteArgumentDefinitions(directive.Arguments);
        Write(directive.IsRepeatable ? " repeatable on " : " on ");
        WriteJoined(directive.Locations, " | ");
    }
}
