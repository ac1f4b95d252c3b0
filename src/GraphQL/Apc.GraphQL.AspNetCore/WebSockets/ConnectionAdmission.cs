using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>What a WebSocket shows of who is behind it.</summary>
/// <param name="Value">
/// The member <c>authorization</c> of the first message's payload, else the handshake's <c>Authorization</c> header; null where there is neither.
/// </param>
/// <param name="Handshake">The request that opened the WebSocket.</param>
public readonly record struct ConnectionAuthorization(string? Value, HttpContext Handshake);

/// <summary>Who is behind a WebSocket.</summary>
/// <param name="Caller">What becomes <c>RequestContext.Caller</c>, also for a connection that is refused by now and has operations yet.</param>
/// <param name="Refusal">Why a new connection is closed; null to admit it.</param>
public readonly record struct ConnectionAdmission(object? Caller, string? Refusal = null);
