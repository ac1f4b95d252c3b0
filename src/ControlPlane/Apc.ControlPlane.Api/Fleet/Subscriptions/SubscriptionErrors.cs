using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>A subscriber reads more slowly than events occur.</summary>
public sealed class SubscriptionFellBehindException(int limit) : DomainException(
    "SUBSCRIPTION_FELL_BEHIND",
    $"The subscription was ended: it is read too slowly, and more than {limit} events waited for it "
    + $"({SubscriptionOptions.Section}:{nameof(SubscriptionOptions.MaxPendingEvents)}). "
    + "Subscribe again, and read what was missed by a query.");

/// <summary>The replica that serves the subscription is stopping.</summary>
public sealed class SubscriptionServerStoppingException()
    : DomainException(DatabaseOutage.Code, "The subscription was ended, because its server is being stopped. Subscribe again.");
