using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>A pure leaf: from its getter to the buffer without boxing. Most of a response is written here.</summary>
internal sealed class PureLeafWriter<TParent, TValue>(Func<TParent, TValue> getter, LeafWriter<TValue> leaf, bool isNullable)
    : FieldWriter
    where TParent : notnull
{
    public override bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result)
    {
        var output = response.Output;
        output.WriteRaw(field.Prefix);
        var start = output.Position;

        try
        {
            var value = getter((TParent)source!);

            if (value is not null)
            {
                leaf(output, value);
                return true;
            }
        }
        catch (Exception e)
        {
            output.RewindTo(start);
            return response.WriteFailure(field, FieldFailure.From(e), isNullable);
        }

        return isNullable ? response.WriteNull() : response.WriteFailure(field, FieldFailure.NullIn(field), isNullable);
    }
}

/// <summary>Chooses the writer of a pure field by its types.</summary>
internal sealed class PureFieldWriterChooser(PureResolver resolver, GraphQLType type) : IPureResolverVisitor<FieldWriter>
{
    public FieldWriter Visit<TParent, TValue>(Func<TParent, TValue> getter)
        where TParent : notnull
        => type.Nullable is LeafType leaf && leaf.WriterFor<TValue>() is { } writer
            ? new PureLeafWriter<TParent, TValue>(getter, writer, isNullable: type is not NonNullType)
            : new PureFieldWriter(resolver);
}
