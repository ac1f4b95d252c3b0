using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>What became of a request that may be a subscription.</summary>
/// <param name="Response">The one response that was written; of a stream that has begun, that it is a subscription without errors.</param>
/// <param name="Stream">The responses of a subscription, to be disposed; null where the one response has been written.</param>
public readonly record struct SubscribeResult(GraphQLResponse Response, ResponseStream? Stream);
