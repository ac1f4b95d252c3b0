using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A document has at most one schema definition, and none if it extends a schema.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema</remarks>
internal sealed class LoneSchemaDefinitionRule(SdlContext context) : SdlRule
{
    private readonly bool _extendsSchema = context.Extended is { } schema
        && (schema.QueryType ?? schema.MutationType ?? schema.SubscriptionType) is not null;

    private bool _isDefined;

    public override void Enter(SyntaxNode node)
    {
        if (node is not SchemaDefinitionNode)
        {
            return;
        }

        if (_extendsSchema)
        {
            context.Report("Cannot define a new schema within a schema extension.", node);
        }
        else if (_isDefined)
        {
            context.Report("Must provide only one schema definition.", node);
        }

        _isDefined = true;
    }
}
