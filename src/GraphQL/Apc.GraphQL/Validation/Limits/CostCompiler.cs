using System.Globalization;
using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Computes the terms of the price of selections, of each fragment once.</summary>
internal sealed class CostCompiler(Schema schema, DocumentFragments fragments, string? sizeArgument, CostProgram program)
{
    private readonly Dictionary<FragmentDefinitionNode, Price> _ofFragments = [];

    public CostTerm CostOf(OperationDefinitionNode operation)
        => Total(PriceOf(operation.SelectionSet, schema.RootType(operation.Operation)), OperationCost.DefaultSize);

    private Price PriceOf(SelectionSetNode selectionSet, CompositeType? type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var price = default(Price);

        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            price = Add(price, PriceOf(selectionSet.Selections[i], type));
        }

        return price;
    }

    private Price PriceOf(SelectionNode selection, CompositeType? type) => selection switch
    {
        FieldNode field => PriceOf(field, type),
        InlineFragmentNode fragment => PriceOf(
            fragment.SelectionSet, fragment.TypeCondition is null ? type : TypeOf(fragment.TypeCondition)),
        FragmentSpreadNode spread when fragments.Find(spread.Name.Value) is { } fragment => PriceOf(fragment),
        _ => default,
    };

    private Price PriceOf(FragmentDefinitionNode fragment)
    {
        if (!_ofFragments.TryGetValue(fragment, out var price))
        {
            // The price is 0 until it is known, so that a fragment that spreads itself ends; a validation rule refuses it.
            _ofFragments.Add(fragment, default);
            price = PriceOf(fragment.SelectionSet, TypeOf(fragment.TypeCondition));
            _ofFragments[fragment] = price;
        }

        return price;
    }

    private Price PriceOf(FieldNode field, CompositeType? parent)
    {
        if (field.Name.Value.StartsWith("__", StringComparison.Ordinal))
        {
            return default;
        }

        if (field.SelectionSet is null)
        {
            return new(1, 0);
        }

        var definition = parent is null ? null : schema.FindField(parent, field.Name.Value);
        var inside = PriceOf(field.SelectionSet, definition?.Type.Named as CompositeType);
        var lists = definition is null ? 0 : ListsIn(definition.Type);
        var asked = SizeOf(field, definition);

        if (lists == 0)
        {
            // The size argument of this field is the size of the lists directly inside.
            return new(program.Add(1, Total(inside, asked ?? OperationCost.DefaultSize)), 0);
        }

        var element = Total(inside, OperationCost.DefaultSize);

        for (var i = 1; i < lists; i++)
        {
            element = program.Multiply(OperationCost.DefaultSize, element);
        }

        return asked is { } size ? new(program.Add(1, program.Multiply(size, element)), 0) : new(1, element);
    }

    /// <summary>The size that the field requests. Null if it has no size argument: then the field around it may give the size.</summary>
    private CostTerm? SizeOf(FieldNode field, FieldDefinition? definition)
    {
        if (sizeArgument is null || definition?.FindArgument(sizeArgument) is not { } argument)
        {
            return null;
        }

        var otherwise = ElementsOf(argument.DefaultValue) ?? OperationCost.DefaultSize;
        var most = argument.MaxElements ?? long.MaxValue;
        var given = field.Arguments.FirstOrDefault(a => a.Name.Value == sizeArgument)?.Value;
        return given is VariableNode variable
            ? program.Size(variable.Name.Value, otherwise, most)
            : Math.Min(ElementsOf(given) ?? otherwise, most);
    }

    private static long? ElementsOf(ValueNode? value)
    {
        if (value is not IntValueNode literal)
        {
            return null;
        }

        // A number with too many digits is not a valid size; validation refuses it.
        var isLong = long.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size);
        return OperationCost.ElementsOf(isLong ? size : int.MaxValue);
    }

    private static int ListsIn(GraphQLType type) => type switch
    {
        NonNullType nonNull => ListsIn(nonNull.OfType),
        ListType list => 1 + ListsIn(list.OfType),
        _ => 0,
    };

    private CompositeType? TypeOf(NamedTypeNode condition) => schema.FindType(condition.Name.Value) as CompositeType;

    private Price Add(Price a, Price b) => new(program.Add(a.Own, b.Own), program.Add(a.PerElement, b.PerElement));

    private CostTerm Total(Price price, CostTerm size) => program.Add(price.Own, program.Multiply(size, price.PerElement));

    /// <summary>The price of a selection.</summary>
    /// <param name="Own">The part that does not depend on the size argument of the field around the selection.</param>
    /// <param name="PerElement">The price for each element of the lists whose size the field around them gives.</param>
    private readonly record struct Price(CostTerm Own, CostTerm PerElement);
}
