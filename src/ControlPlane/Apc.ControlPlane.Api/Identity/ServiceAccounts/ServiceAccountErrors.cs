using System.Globalization;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A label or category that cannot be stored.</summary>
/// <param name="argument"><c>label</c> or <c>category</c>.</param>
public sealed class ServiceAccountTextInvalidException(string argument, string text)
    : DomainException("SERVICE_ACCOUNT_TEXT_INVALID", PlainText.WhyNoLine(argument, text, ServiceAccountTexts.MaxLength));

/// <summary>A service account expires in the future, and not too late.</summary>
public sealed class ServiceAccountExpiryInvalidException() : DomainException(
    "SERVICE_ACCOUNT_EXPIRY_INVALID", $"expiresAt is in the future, and at most {ServiceAccountExpiry.MaxYears} years from now.");

/// <summary>The payload of a change has an unknown member, or one of the wrong kind.</summary>
/// <param name="problems">One text for each problem.</param>
public sealed class ServiceAccountPayloadInvalidException(IEnumerable<string> problems)
    : DomainException("SERVICE_ACCOUNT_PAYLOAD_INVALID", $"The payload cannot be used: {string.Join("; ", problems)}.");

/// <summary>The overlap of a rotation is out of range.</summary>
/// <param name="overlap">The overlap that was asked for, in seconds.</param>
public sealed class KeyOverlapInvalidException(int overlap) : DomainException(
    "KEY_OVERLAP_INVALID",
    $"overlap is {overlap} seconds, "
        + $"but must be 0 to {ServiceAccountKey.MaxOverlap.TotalSeconds.ToString(CultureInfo.InvariantCulture)} (7 days).");

/// <summary>An account has at most two working keys: a third would end one that is perhaps still in use.</summary>
/// <param name="until">The end of the earlier key.</param>
public sealed class KeyRotationUnderWayException(DateTimeOffset until) : DomainException(
    "KEY_ROTATION_UNDER_WAY",
    "The key was rotated already, and the one before it works until "
        + $"{until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}. "
        + "Rotate again after that, or with overlap: 0, which ends both at once.");
