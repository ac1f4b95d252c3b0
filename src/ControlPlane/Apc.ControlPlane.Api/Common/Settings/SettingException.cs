namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>A setting that stops the start. The message names it, its value and what is allowed.</summary>
public sealed class SettingException(string message) : Exception(message);
