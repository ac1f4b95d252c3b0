using System.Globalization;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>What users who are looked for have to fit, all of it; what is absent or empty adds nothing.</summary>
internal sealed class UserConditions
{
    private readonly List<string> _texts = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    /// <param name="search">What callers gave.</param>
    /// <param name="email">An address that they gave besides.</param>
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

    /// <summary>Whether everybody fits.</summary>
    public bool IsEmpty => _texts.Count == 0;

    /// <summary>The users who fit, to be narrowed down, sorted and read.</summary>
    public IQueryable<User> Of(ControlPlaneDbContext db)
        => IsEmpty ? db.Users : db.Users.FromSqlRaw(UserSql.Where(_texts), [.. _parameters]);

    private void AddId(Uuid? given)
    {
        if (given is { IsAbsent: false } id)
        {
            // A text that is no id of ours names nobody; the empty id stands for that.
            Add(UserSql.HasId, id.Id ?? Guid.Empty);
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
            AddNobody();
        }
    }

    private void AddTime(string condition, string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return;
        }

        if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            Add(condition, time);
        }
        else
        {
            AddNobody();
        }
    }

    private void Add<T>(string condition, T value)
    {
        var parameter = new NpgsqlParameter<T>($"p{_parameters.Count}", value);
        _texts.Add(string.Format(CultureInfo.InvariantCulture, condition, $"@{parameter.ParameterName}"));
        _parameters.Add(parameter);
    }

    // What no column can hold fits nobody.
    private void AddNobody() => _texts.Add(UserSql.IsNobody);
}
