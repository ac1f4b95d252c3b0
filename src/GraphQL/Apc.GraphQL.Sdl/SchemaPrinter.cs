using System.Text;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Sdl;

/// <summary>Prints a schema as SDL in the layout of <c>printSchema</c> of graphql-js, in the order of definition.</summary>
public sealed class SchemaPrinter
{
    private const string Indentation = "  ";

    private readonly StringBuilder _text = new();

    private SchemaPrinter()
    {
    }

    /// <summary>
    /// The whole schema without its built-in types and directives, ended by a line break. Building it again gives an equal schema.
    /// </summary>
    public static string Print(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var printer = new SchemaPrinter();
        printer.WriteSchema(schema);

        foreach (var directive in schema.Directives.Values.Where(d => BuiltInDirectives.Find(d.Name) is null))
        {
            printer.WriteDirective(directive);
        }

        foreach (var type in schema.Types.Values.Where(t => BuiltInScalars.Find(t.Name) != t && !schema.IsIntrospectionType(t)))
        {
            printer.StartDefinition();
            printer.WriteType(type);
        }

        return printer._text.ToString();
    }

    /// <summary>One type, without a line break at the end.</summary>
    public static string Print(NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var printer = new SchemaPrinter();
        printer.WriteType(type);
        return printer._text.ToString().TrimEnd('\n');
    }

    private void StartDefinition()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }

    private void WriteSchema(Schema schema)
    {
        var operations = Enum.GetValues<OperationType>().Where(o => schema.RootType(o) is not null).ToList();

        // Root types with their default names need no schema definition.
        if (schema.Description is null && operations.TrueForAll(o => schema.RootType(o)!.Name == o.ToString()))
        {
            return;
        }

        WriteDescription(schema.Description);
        _text.Append("schema {\n");

        foreach (var operation in operations)
        {
            var word = OperationTypes.WordOf(operation);
            _text.Append(Indentation).Append(word).Append(": ").Append(schema.RootType(operation)).Append('\n');
        }

        _text.Append("}\n");
    }

    private void WriteDirective(DirectiveDefinition directive)
    {
        StartDefinition();
        WriteDescription(directive.Description);
        _text.Append("directive @").Append(directive.Name);
        WriteArguments(directive.Arguments, "");
        _text.Append(directive.IsRepeatable ? " repeatable on " : " on ")
            .AppendJoin(" | ", directive.Locations.Select(DirectiveLocations.NameOf))
            .Append('\n');
    }

    private void WriteType(NamedType type)
    {
        WriteDescription(type.Description);

        switch (type)
        {
            case ScalarType scalar:
                _text.Append("scalar ").Append(scalar.Name);
                WriteTextDirective("specifiedBy", "url", scalar.SpecifiedBy);
                _text.Append('\n');
                break;
            case FieldedType fielded:
                _text.Append(fielded is ObjectType ? "type " : "interface ").Append(fielded.Name);
                WriteInterfaces(fielded.Interfaces);
                WriteBlock(fielded.Fields.Values, f => f.Description, WriteField);
                break;
            case UnionType union:
                _text.Append("union ")
                    .Append(union.Name)
                    .Append(union.Types.Count > 0 ? " = " : "")
                    .AppendJoin(" | ", union.Types)
                    .Append('\n');
                break;
            case EnumType enumType:
                _text.Append("enum ").Append(enumType.Name);
                WriteBlock(enumType.Values.Values, v => v.Description, WriteEnumValue);
                break;
            case InputObjectType input:
                _text.Append("input ").Append(input.Name).Append(input.IsOneOf ? " @oneOf" : "");
                WriteBlock(input.Fields.Values, f => f.Description, WriteInputValue);
                break;
        }
    }

    private void WriteInterfaces(IReadOnlyList<InterfaceType> interfaces)
    {
        if (interfaces.Count > 0)
        {
            _text.Append(" implements ").AppendJoin(" & ", interfaces);
        }
    }

    private void WriteBlock<T>(IEnumerable<T> members, Func<T, string?> descriptionOf, Action<T> write)
    {
        var isFirst = true;

        foreach (var member in members)
        {
            _text.Append(isFirst ? " {\n" : "");
            WriteDescription(descriptionOf(member), Indentation, isFirst);
            _text.Append(Indentation);
            write(member);
            _text.Append('\n');
            isFirst = false;
        }

        _text.Append(isFirst ? "\n" : "}\n");
    }

    private void WriteField(FieldDefinition field)
    {
        _text.Append(field.Name);
        WriteArguments(field.Arguments, Indentation);
        _text.Append(": ").Append(field.Type);
        WriteDeprecation(field.DeprecationReason);
    }

    private void WriteEnumValue(EnumValueDefinition value)
    {
        _text.Append(value.Name);
        WriteDeprecation(value.DeprecationReason);
    }

    /// <summary>Writes the arguments on one line, unless one has a description.</summary>
    private void WriteArguments(IReadOnlyList<InputValueDefinition> arguments, string indentation)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        var onLinesOfTheirOwn = arguments.Any(a => !string.IsNullOrEmpty(a.Description));
        _text.Append('(');

        for (var i = 0; i < arguments.Count; i++)
        {
            if (onLinesOfTheirOwn)
            {
                _text.Append('\n');
                WriteDescription(arguments[i].Description, indentation + Indentation, isFirst: i == 0);
                _text.Append(indentation).Append(Indentation);
            }
            else if (i > 0)
            {
                _text.Append(", ");
            }

            WriteInputValue(arguments[i]);
        }

        _text.Append(onLinesOfTheirOwn ? $"\n{indentation})" : ")");
    }

    private void WriteInputValue(InputValueDefinition value)
    {
        _text.Append(value.Name).Append(": ").Append(value.Type);

        if (value.DefaultValue is { } byDefault)
        {
            _text.Append(" = ").Append(SyntaxPrinter.Print(byDefault));
        }

        WriteDeprecation(value.DeprecationReason);
    }

    private void WriteDeprecation(string? reason)
    {
        if (reason == BuiltInDirectives.DefaultDeprecationReason)
        {
            _text.Append(" @deprecated");
        }
        else
        {
            WriteTextDirective("deprecated", "reason", reason);
        }
    }

    private void WriteTextDirective(string directive, string argument, string? value)
    {
        if (value is not null)
        {
            _text.Append($" @{directive}({argument}: {SyntaxPrinter.Print(new StringValueNode(value, isBlock: false, default))})");
        }
    }

    private void WriteDescription(string? description, string indentation = "", bool isFirst = true)
    {
        if (description is null)
        {
            return;
        }

        var text = SyntaxPrinter.Print(new StringValueNode(description, BlockString.CanHold(description), default));

        if (!isFirst)
        {
            _text.Append('\n');
        }

        _text.Append(indentation).Append(text.Replace("\n", "\n" + indentation, StringComparison.Ordinal)).Append('\n');
    }
}
