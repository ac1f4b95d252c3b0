using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>The result of a request that may be a subscription.</summary>
/// <param name="Response">The response that was written; for a stream that has begun, a subscription without errors.</param>
/// <param name="Stream">The responses of a subscription, which the caller disposes; null if a single response has been written.</param>
public readonly record struct SubscribeResult(GraphQLResponse Response, ResponseStream? Stream);
