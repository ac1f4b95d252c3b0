using System.Globalization;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>The conditions of a search for users, of which all have to hold. Absent and empty arguments add none.</summary>
internal sealed class UserConditions
{
    private readonly List<string> _texts = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    /// <param name="search">The search of the caller; null for none.</param>
    /// <param name="email">An address that the caller gave besides; null for none.</param>
    public UserConditions(UserSearch? search, string? email = null)
    {
        AddId(search?.UserId);
        AddId(search?.UserUuid);
        AddName(UserSql.HasEmail, email);
        AddName(UserSql.HasEmail, search?.Email);
        AddName(UserSql.HasUsername, search?.Username);
        AddText(UserSql.HasFullName, search?.FullName);
        AddTime(UserSql.WasCreatedAt, search?.CreatedAt);
        AddTime(UserSql.WasUpdatedAt, search?.UpdatedAt);
    }

    /// <summary>Whether there is no condition, so that all users match.</summary>
    public bool IsEmpty => _texts.Count == 0;

    /// <summary>The users who match, to be narrowed, sorted and read.</summary>
    public IQueryable<User> Of(ControlPlaneDbContext db)
        => IsEmpty ? db.Users : db.Users.FromSqlRaw(UserSql.Where(_texts), [.. _parameters]);

    private void AddId(Uuid? given)
    {
        if (given is { IsAbsent: false } id)
        {
            Add(UserSql.HasId, id.IdOrEmpty);
        }
    }

    private void AddName(string condition, string? given)
        => AddText(condition, given is { Length: <= EmailAddress.MaxLength } ? NameKey.Of(given.Trim()) : given);

    private void AddText(string condition, string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return;
        }

        if (PlainText.IsPlain(given))
        {
            Add(condition, given.Trim());
        }
        else
        {
            AddImpossible();
        }
    }

    private void AddTime(string condition, string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

        if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, Utc, out var time))
        {
            Add(condition, time);
        }
        else
        {
            AddImpossible();
        }
    }

    private void Add<T>(string condition, T value)
    {
        var parameter = new NpgsqlParameter<T>($"p{_parameters.Count}", value);
        _texts.Add(string.Format(CultureInfo.InvariantCulture, condition, $"@{parameter.ParameterName}"));
        _parameters.Add(parameter);
    }

    // No user matches a text that no column can hold.
    private void AddImpossible() => _texts.Add(UserSql.IsNobody);
}
