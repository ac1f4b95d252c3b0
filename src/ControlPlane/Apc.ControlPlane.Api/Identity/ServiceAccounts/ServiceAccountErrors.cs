using System.Globalization;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A label or category that cannot be stored.</summary>
/// <param name="argument">Which of them.</param>
/// <param name="text">What it is.</param>
public sealed class ServiceAccountTextInvalidException(string argument, string text)
    : DomainException("SERVICE_ACCOUNT_TEXT_INVALID", PlainText.WhyNoLine(argument, text, ServiceAccountTexts.MaxLength));

/// <summary>A service account ends in the future, and not too far in it.</summary>
public sealed class ServiceAccountExpiryInvalidException() : DomainException(
    "SERVICE_ACCOUNT_EXPIRY_INVALID", $"expiresAt is in the future, and at most {ServiceAccountExpiry.MaxYears} years from now.");

/// <summary>What is to be changed of a service account was not said in the way that is understood.</summary>
/// <param name="problems">All that is wrong with it.</param>
public sealed class ServiceAccountPayloadInvalidException(IEnumerable<string> problems)
    : DomainException("SERVICE_ACCOUNT_PAYLOAD_INVALID", $"The payload cannot be used: {string.Join("; ", problems)}.");

/// <summary>How long a key may go on working after its rotation.</summary>
/// <param name="overlap">What was asked for, in seconds.</param>
public sealed class KeyOverlapInvalidException(int overlap) : DomainException(
    "KEY_OVERLAP_INVALID",
    $"overlap is {overlap} seconds, but must be 0 to {ServiceAccountKey.MaxOverlap.TotalSeconds.ToString(CultureInfo.InvariantCulture)} (7 days).");

/// <summary>An account has at most two keys that work: a third one would end one that is perhaps still in use.</summary>
/// <param name="until">Until when the earlier key works.</param>
public sealed class KeyRotationUnderWayException(DateTimeOffset until) : DomainException(
    "KEY_ROTATION_UNDER_WAY",
    $"The key was rotated already, and the one before it works until {until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}. "
        + "Rotate again after that, or with overlap: 0, which ends both at once.");
