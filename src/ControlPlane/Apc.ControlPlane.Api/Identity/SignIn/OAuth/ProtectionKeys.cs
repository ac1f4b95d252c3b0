using System.Xml.Linq;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Where the framework's data protection keeps its key ring: in the database, so that all replicas have the same.</summary>
/// <remarks>
/// A key's number is one more than those that its maker had read. So of two replicas that make a key at once one gets its row in, and the other goes on with that
/// one; with two rows each would seal with its own, and know the other's a day later.
/// </remarks>
public sealed partial class ProtectionKeys(
    IDbContextFactory<ControlPlaneDbContext> contexts, DatabaseSeal seal, TimeProvider clock, ILogger<ProtectionKeys> logger) : IXmlRepository
{
    // A key is used for 90 days, and what it sealed lives for minutes.
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

    [LoggerMessage(LogLevel.Warning, "Key {Number} of the key ring was sealed with another password of the database. Sign-ins through providers that are under way have to be begun again.")]
    private partial void LogSealed(int number);
}
