using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Documents, operations and selections.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Document</remarks>
internal ref partial struct Parser
{
    /// <summary>Document : Definition+</summary>
    public DocumentNode ParseDocument()
    {
        var definitions = default(NodeList<DefinitionNode>);

        do
        {
            definitions.Add(ParseDefinition());
        }
        while (!NextIs(TokenKind.EndOfFile));

        return new DocumentNode(_source, definitions.ToArray(), new Location(0, _source.Text.Length));
    }

    /// <summary>
    /// Definition : ExecutableDefinition | TypeSystemDefinition | TypeSystemExtension
    /// ExecutableDefinition : OperationDefinition | FragmentDefinition
    /// TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition
    /// TypeDefinition : ScalarTypeDefinition | ObjectTypeDefinition | InterfaceTypeDefinition | UnionTypeDefinition | EnumTypeDefinition
    ///     | InputObjectTypeDefinition
    /// </summary>
    private DefinitionNode ParseDefinition()
    {
        if (NextIs(TokenKind.BraceLeft))
        {
            return ParseShorthandQuery();
        }

        // A description stands before the keyword that decides the kind of definition.
        var keyword = NextIsDescription ? _lexer.Read(_next.End) : _next;
        return keyword.Kind != TokenKind.Name ? throw NoDefinition(keyword) : _lexer.TextOf(keyword) switch
        {
            "query" or "mutation" or "subscription" => ParseOperationDefinition(),
            "fragment" => ParseFragmentDefinition(),
            "schema" => ParseSchemaDefinition(),
            "scalar" => ParseScalarTypeDefinition(),
            "type" => ParseObjectTypeDefinition(),
            "interface" => ParseInterfaceTypeDefinition(),
            "union" => ParseUnionTypeDefinition(),
            "enum" => ParseEnumTypeDefinition(),
            "input" => ParseInputObjectTypeDefinition(),
            "directive" => ParseDirectiveDefinition(),
            "extend" when !NextIsDescription => ParseTypeSystemExtension(),
            _ => throw NoDefinition(keyword),
        };
    }

    private readonly SyntaxErrorException NoDefinition(Token keyword) => keyword.Kind switch
    {
        TokenKind.BraceLeft => Error(Position, "Unexpected description, descriptions are not supported on shorthand queries."),
        TokenKind.Name when NextIsDescription
            => Error(Position, "Unexpected description, only GraphQL definitions support descriptions."),
        _ => Unexpected(keyword),
    };

    private OperationDefinitionNode ParseShorthandQuery()
    {
        var start = Position;
        return new OperationDefinitionNode(
            operation: OperationType.Query,
            name: null,
            variableDefinitions: [],
            directives: [],
            selectionSet: ParseSelectionSet(),
            location: From(start));
    }

    /// <summary>
    /// OperationDefinition : Description? OperationType Name? VariableDefinitions? Directives? SelectionSet | SelectionSet
    /// </summary>
    private OperationDefinitionNode ParseOperationDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        return new OperationDefinitionNode(
            operation: ParseOperationType(),
            name: NextIsName ? ParseName() : null,
            variableDefinitions: ParseVariableDefinitions(),
            directives: ParseDirectives(),
            selectionSet: ParseSelectionSet(),
            location: From(start))
        {
            Description = description,
        };
    }

    /// <summary>OperationType : one of query mutation subscription</summary>
    private OperationType ParseOperationType()
    {
        var keyword = Expect(TokenKind.Name);
        return _lexer.TextOf(keyword) switch
        {
            "query" => OperationType.Query,
            "mutation" => OperationType.Mutation,
            "subscription" => OperationType.Subscription,
            _ => throw Unexpected(keyword),
        };
    }

    /// <summary>VariableDefinitions : ( VariableDefinition+ )</summary>
    private VariableDefinitionNode[] ParseVariableDefinitions()
        => OptionalMany(TokenKind.ParenthesisLeft, static (ref p) => p.ParseVariableDefinition(), TokenKind.ParenthesisRight);

    /// <summary>VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?</summary>
    private VariableDefinitionNode ParseVariableDefinition()
    {
        var start = Position;
        var description = ParseDescription();
        var variable = ParseVariable();
        Expect(TokenKind.Colon);
        return new VariableDefinitionNode(
            variable: variable,
            type: ParseTypeReference(),
            defaultValue: ParseDefaultValue(),
            directives: ParseConstDirectives(),
            location: From(start))
        {
            Description = description,
        };
    }

    /// <summary>DefaultValue : = Value[Const]</summary>
    private ValueNode? ParseDefaultValue() => TryExpect(TokenKind.Equals) ? ParseValue(isConst: true) : null;

    /// <summary>Variable : $ Name</summary>
    private VariableNode ParseVariable()
    {
        var start = Position;
        Expect(TokenKind.Dollar);
        return new VariableNode(name: ParseName(), location: From(start));
    }

    /// <summary>SelectionSet : { Selection+ }</summary>
    private SelectionSetNode ParseSelectionSet()
    {
        Enter();
        var start = Position;
        var selections = Many(TokenKind.BraceLeft, static (ref p) => p.ParseSelection(), TokenKind.BraceRight);
        Leave();
        return new SelectionSetNode(selections, From(start));
    }

    /// <summary>Selection : Field | FragmentSpread | InlineFragment</summary>
    private SelectionNode ParseSelection() => NextIs(TokenKind.Spread) ? ParseFragment() : ParseField();

    /// <summary>
    /// Field : Alias? Name Arguments? Directives? SelectionSet?
    /// Alias : Name :
    /// </summary>
    private FieldNode ParseField()
    {
        var start = Position;
        var name = ParseName();
        NameNode? alias = null;

        if (TryExpect(TokenKind.Colon))
        {
            alias = name;
            name = ParseName();
        }

        return new FieldNode(
            alias: alias,
            name: name,
            arguments: ParseArguments(),
            directives: ParseDirectives(),
            selectionSet: NextIs(TokenKind.BraceLeft) ? ParseSelectionSet() : null,
            location: From(start));
    }

    /// <summary>Arguments[Const] : ( Argument[?Const]+ )</summary>
    private ArgumentNode[] ParseArguments(bool isConst = false) => OptionalMany<ArgumentNode>(
        TokenKind.ParenthesisLeft,
        isConst ? static (ref p) => p.ParseArgument(isConst: true) : static (ref p) => p.ParseArgument(isConst: false),
        TokenKind.ParenthesisRight);

    /// <summary>Argument[Const] : Name : Value[?Const]</summary>
    private ArgumentNode ParseArgument(bool isConst)
    {
        var start = Position;
        var name = ParseName();
        Expect(TokenKind.Colon);
        return new ArgumentNode(name, value: ParseValue(isConst), location: From(start));
    }

    private DirectiveNode[] ParseConstDirectives() => ParseDirectives(isConst: true);

    /// <summary>Directives[Const] : Directive[?Const]+</summary>
    private DirectiveNode[] ParseDirectives(bool isConst = false)
    {
        if (!NextIs(TokenKind.At))
        {
            return [];
        }

        var directives = default(NodeList<DirectiveNode>);

        do
        {
            directives.Add(ParseDirective(isConst));
        }
        while (NextIs(TokenKind.At));

        return directives.ToArray();
    }

    /// <summary>Directive[Const] : @ Name Arguments[?Const]?</summary>
    private DirectiveNode ParseDirective(bool isConst)
    {
        var start = Position;
        Expect(TokenKind.At);
        return new DirectiveNode(name: ParseName(), arguments: ParseArguments(isConst), location: From(start));
    }
}
