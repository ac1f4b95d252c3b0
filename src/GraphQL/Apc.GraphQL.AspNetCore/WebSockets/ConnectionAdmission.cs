using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The credentials of a WebSocket's caller.</summary>
/// <param name="Value">
/// The member <c>authorization</c> of the first message's payload, else the handshake's <c>Authorization</c> header; null if there is
/// neither.
/// </param>
/// <param name="Handshake">The request that opened the WebSocket.</param>
public readonly record struct ConnectionAuthorization(string? Value, HttpContext Handshake);

/// <summary>The result of authenticating a WebSocket's caller.</summary>
/// <param name="Caller">
/// The value of <c>RequestContext.Caller</c>. It is also used for the operations of an open connection whose caller would be refused now.
/// </param>
/// <param name="Refusal">The reason to close a new connection; null to admit it.</param>
public readonly record struct ConnectionAdmission(object? Caller, string? Refusal = null);
