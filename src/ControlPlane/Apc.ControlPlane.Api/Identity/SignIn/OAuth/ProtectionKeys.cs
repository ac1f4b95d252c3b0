using System.Xml.Linq;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Stores the key ring of the framework's data protection in the database, so that all replicas have the same.</summary>
/// <remarks>
/// The number of a new key is one more than the newest that was read. If two replicas make a key at once, only one row is stored, and both
/// use it; with two rows each replica would seal with its own key, and read the other's a day later.
/// </remarks>
public sealed partial class ProtectionKeys(
    IDbContextFactory<ControlPlaneDbContext> contexts, DatabaseSeal seal, TimeProvider clock, ILogger<ProtectionKeys> logger)
    : IXmlRepository
{
    // A key is used for 90 days, and sealed texts are valid for minutes.
    private const int MaxKeys = 4;

    private int _newest;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        var keys = db.ProtectionKeys.AsNoTracking().OrderByDescending(k => k.Number).Take(MaxKeys).ToList();
        _newest = keys.Count > 0 ? keys[0].Number : 0;
        var elements = new List<XElement>();

        foreach (var key in keys)
        {
            if ((key.Xml ?? seal.Open(key.Sealed)) is { } xml)
            {
                elements.Add(XElement.Parse(xml));
            }
            else
            {
                LogSealed(key.Number);
            }
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        var sealedXml = seal.Seal(xml);
        using var db = contexts.CreateDbContext();
        db.Database.ExecuteSqlRaw(ProtectionKeySql.Add, _newest + 1, sealedXml is null ? xml : null, sealedXml, clock.GetUtcNow());
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Key {Number} of the key ring was sealed with another password of the database. "
            + "Sign-ins through providers that are under way have to be begun again.")]
    private partial void LogSealed(int number);
}
