namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>The root field needs no token.</summary>
/// <param name="why">Why that is safe and needed, for whoever reviews the list of such fields.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicFieldAttribute(string why) : Attribute
{
    /// <summary>Why that is safe and needed.</summary>
    public string Why { get; } = why;
}
