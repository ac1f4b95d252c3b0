using System.Text;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Prints nodes in the layout of graphql-js. Parsing the text gives equivalent nodes.</summary>
public sealed partial class SyntaxPrinter
{
    private const int LongestLine = 80;

    private readonly StringBuilder _text = new();
    private int _level;
    private int _lines;
    private int _indentation;

    private SyntaxPrinter()
    {
    }

    /// <summary>
    /// The text of this node and all below it, without a line break at the end. Comments are not part of nodes and are lost.
    /// </summary>
    public static string Print(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var printer = new SyntaxPrinter();
        printer.Write(node);
        return printer._text.ToString();
    }

    private void Write(SyntaxNode node)
    {
        switch (node)
        {
            case NameNode name:
                Write(name.Value);
                break;
            case DocumentNode document:
                WriteJoined(document.Definitions, "\n\n");
                break;
            case OperationDefinitionNode operation:
                WriteOperation(operation);
                break;
            case VariableDefinitionNode variable:
                WriteVariableDefinition(variable);
                break;
            case SelectionSetNode selectionSet:
                WriteBlock(selectionSet.Selections);
                break;
            case FieldNode field:
                WriteField(field);
                break;
            case ArgumentNode argument:
                WritePair(argument.Name, argument.Value);
                break;
            case FragmentSpreadNode spread:
                Write("...");
                Write(spread.Name);
                WriteDirectives(spread.Directives);
                break;
            case InlineFragmentNode inlineFragment:
                WriteInlineFragment(inlineFragment);
                break;
            case FragmentDefinitionNode fragment:
                WriteFragment(fragment);
                break;
            case DirectiveNode directive:
                Write("@");
                Write(directive.Name);
                WriteInParentheses(directive.Arguments);
                break;
            case ValueNode value:
                WriteValue(value);
                break;
            case ObjectFieldNode field:
                WritePair(field.Name, field.Value);
                break;
            case TypeNode type:
                WriteType(type);
                break;
            default:
                WriteTypeSystem(node);
                break;
        }
    }

    private void WriteOperation(OperationDefinitionNode operation)
    {
        WriteDescription(operation.Description);

        // A query without name, variables, directives and description is written in the short form: only its selection set.
        var start = _text.Length;
        Write(OperationTypes.WordOf(operation.Operation));

        if (operation.Name is not null || operation.VariableDefinitions.Count > 0)
        {
            Write(" ");
            WriteOptional(operation.Name);
            WriteVariableDefinitions(operation.VariableDefinitions);
        }

        WriteDirectives(operation.Directives);

        if (operation.Operation == OperationType.Query && operation.Description is null && _text.Length == start + "query".Length)
        {
            _text.Length = start;
        }
        else
        {
            Write(" ");
        }

        Write(operation.SelectionSet);
    }

    private void WriteVariableDefinitions(IReadOnlyList<VariableDefinitionNode> variables)
    {
        var start = Here;
        WriteInParentheses(variables);

        if (_lines > start.Lines)
        {
            RewindTo(start);
            Write("(\n");
            WriteJoined(variables, "\n");
            Write("\n)");
        }
    }

    private void WriteVariableDefinition(VariableDefinitionNode variable)
    {
        WriteDescription(variable.Description);
        WritePair(variable.Variable, variable.Type);
        WriteDefaultValue(variable.DefaultValue);
        WriteDirectives(variable.Directives);
    }

    private void WriteField(FieldNode field)
    {
        var lineStart = Here;

        if (field.Alias is not null)
        {
            Write(field.Alias);
            Write(": ");
        }

        Write(field.Name);
        var start = Here;
        WriteInParentheses(field.Arguments);

        if (WidthSince(lineStart) > LongestLine)
        {
            RewindTo(start);
            WriteOnLines("(", field.Arguments, ")");
        }

        WriteDirectives(field.Directives);

        if (field.SelectionSet is not null)
        {
            Write(" ");
            Write(field.SelectionSet);
        }
    }

    private void WriteInlineFragment(InlineFragmentNode fragment)
    {
        Write("...");

        if (fragment.TypeCondition is not null)
        {
            Write(" on ");
            Write(fragment.TypeCondition);
        }

        WriteDirectives(fragment.Directives);
        Write(" ");
        Write(fragment.SelectionSet);
    }

    private void WriteFragment(FragmentDefinitionNode fragment)
    {
        WriteDescription(fragment.Description);
        Write("fragment ");
        Write(fragment.Name);
        Write(" on ");
        Write(fragment.TypeCondition);
        WriteDirectives(fragment.Directives);
        Write(" ");
        Write(fragment.SelectionSet);
    }

    private void WriteDirectives(IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            Write(" ");
            Write(directive);
        }
    }

    private void WriteDefaultValue(ValueNode? value)
    {
        if (value is not null)
        {
            Write(" = ");
            Write(value);
        }
    }

    private void WriteDescription(StringValueNode? description)
    {
        if (description is not null)
        {
            Write(description);
            Write("\n");
        }
    }
}
