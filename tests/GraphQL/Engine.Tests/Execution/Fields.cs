using Apc.GraphQL.Language;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Execution;

/// <summary>Short ways to write schemas by hand.</summary>
internal static class Fields
{
    public static readonly ScalarType Text = BuiltInScalars.String;
    public static readonly ScalarType Int = BuiltInScalars.Int;
    public static readonly ScalarType Flag = BuiltInScalars.Boolean;

    public static GraphQLType Required(this GraphQLType type) => new NonNullType(type);

    public static GraphQLType List(this GraphQLType type) => new ListType(type);

    /// <summary>A field that follows from its parent.</summary>
    public static FieldDefinition Pure<TParent, TValue>(string name, GraphQLType type, Func<TParent, TValue> getter)
        where TParent : notnull
        => new(name, type) { Resolver = new PureResolver<TParent, TValue>(getter) };

    /// <summary>A field with a delegate that answers at once.</summary>
    public static FieldDefinition Now(string name, GraphQLType type, Func<ResolverContext, object?> resolve, params InputValueDefinition[] arguments)
        => Resolved(name, type, context => ValueTask.FromResult(resolve(context)), arguments);

    /// <summary>A field with a delegate that answers later.</summary>
    public static FieldDefinition Later(
        string name, GraphQLType type, Func<ResolverContext, Task<object?>> resolve, params InputValueDefinition[] arguments)
        => Resolved(name, type, context => new ValueTask<object?>(resolve(context)), arguments);

    public static FieldDefinition Resolved(string name, GraphQLType type, FieldDelegate resolve, params InputValueDefinition[] arguments)
        => new(name, type) { Resolver = new DelegateResolver(resolve), Arguments = arguments };

    public static InputValueDefinition Argument(string name, GraphQLType type, string? defaultValue = null)
        => new(name, type) { DefaultValue = defaultValue is null ? null : GraphQLParser.ParseValue(defaultValue) };

    public static ObjectType Object(string name, params FieldDefinition[] fields) => new(name, () => fields);

    public static ObjectType Object<T>(string name, params FieldDefinition[] fields) => new(name, () => fields, clrType: typeof(T));
}
